package io.barnabas.log.file;

import java.nio.file.Path;

/** Names of the files of one partition's log: an offset as 20 digits, then what the file holds. */
public final class LogFiles {
    public static final String LOG = ".log";
    public static final String OFFSET_INDEX = ".index";
    public static final String TIME_INDEX = ".timeindex";
    public static final String TRANSACTION_INDEX = ".txnindex";
    public static final String SNAPSHOT = ".snapshot";

    /** To be removed after a while; a reader may still be at it. */
    public static final String DELETED = ".deleted";

    /** Output of a compaction that has not ended. */
    public static final String CLEANED = ".cleaned";

    /** Output of a compaction that has ended, about to take its plain name. */
    public static final String SWAP = ".swap";

    public static final String LEADER_EPOCHS = "leader-epoch-checkpoint";
    public static final String PARTITION_METADATA = "partition.metadata";

    private static final int DIGITS = 20;

    private LogFiles() {}

    public static Path of(Path directory, long offset, String suffix) {
        return directory.resolve(name(offset, suffix));
    }

    public static String name(long offset, String suffix) {
        String digits = Long.toString(offset);
        return "0".repeat(DIGITS - digits.length()) + digits + suffix;
    }

    /** The offset at the front of a file's name, or -1 when there is none. */
    public static long offsetOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        if (dot <= 0 || dot > DIGITS) {
            return -1;
        }
        long offset = 0;
        for (int i = 0; i < dot; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            offset = offset * 10 + digit;
        }
        return offset;
    }

    public static boolean hasSuffix(Path file, String suffix) {
        return file.getFileName().toString().endsWith(suffix);
    }

    /** The same file under its name plus or minus a suffix. */
    public static Path withSuffix(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    public static Path withoutSuffix(Path file, String suffix) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - suffix.length()));
    }
}
