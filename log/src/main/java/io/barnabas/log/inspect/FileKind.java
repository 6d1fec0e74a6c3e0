package io.barnabas.log.inspect;

import io.barnabas.log.directory.MetaProperties;
import io.barnabas.log.file.LogFiles;
import java.nio.file.Path;

/** What a file of a log directory holds, by its name; a file about to be deleted or replaced is of its old kind. */
enum FileKind {
    LOG,
    OFFSET_INDEX,
    TIME_INDEX,
    TRANSACTION_INDEX,
    SNAPSHOT,
    LEADER_EPOCHS,
    PARTITION_METADATA,
    OFFSET_CHECKPOINT,
    META_PROPERTIES,
    OTHER;

    static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";
    static final String HIGH_WATERMARKS = "replication-offset-checkpoint";
    static final String LOG_STARTS = "log-start-offset-checkpoint";
    static final String CLEANER_OFFSETS = "cleaner-offset-checkpoint";

    static FileKind of(Path file) {
        String name = plainName(file);
        return switch (name) {
            case LogFiles.LEADER_EPOCHS -> LEADER_EPOCHS;
            case LogFiles.PARTITION_METADATA -> PARTITION_METADATA;
            case MetaProperties.FILE_NAME -> META_PROPERTIES;
            case RECOVERY_POINTS, HIGH_WATERMARKS, LOG_STARTS, CLEANER_OFFSETS -> OFFSET_CHECKPOINT;
            default -> LogFiles.offsetOf(file) < 0 ? OTHER : bySuffix(name);
        };
    }

    private static FileKind bySuffix(String name) {
        return switch (name.substring(name.indexOf('.'))) {
            case LogFiles.LOG -> LOG;
            case LogFiles.OFFSET_INDEX -> OFFSET_INDEX;
            case LogFiles.TIME_INDEX -> TIME_INDEX;
            case LogFiles.TRANSACTION_INDEX -> TRANSACTION_INDEX;
            case LogFiles.SNAPSHOT -> SNAPSHOT;
            default -> OTHER;
        };
    }

    /** True for a file that the next start of a broker deletes or gives its plain name. */
    static boolean isLeftover(Path file) {
        return !plainName(file).equals(file.getFileName().toString());
    }

    private static String plainName(Path file) {
        String name = file.getFileName().toString();
        for (String suffix : new String[] {LogFiles.DELETED, LogFiles.SWAP, LogFiles.CLEANED}) {
            if (name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
