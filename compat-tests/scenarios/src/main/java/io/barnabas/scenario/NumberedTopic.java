package io.barnabas.scenario;

/**
 * A topic of one partition whose record at offset n follows from n, so that whoever reads any of them knows whether it
 * is right. Written {@code name:keys:first:end:codecs}: how many different keys it has, from which record to which one
 * it is written or read, and the codecs that take turns, parted by commas. With {@code transactions} in its name it is
 * written in transactions of nine records and a marker, some of them aborted; with {@code compacted} some of its
 * records may be gone.
 */
final class NumberedTopic {
    /** As many records in turn have the same codec. */
    static final int PER_CODEC = 100;

    /** The time of record 0; each later one is a second younger. */
    private static final long BEGIN = 1_500_000_000_000L;

    private static final int PER_TRANSACTION = 10;
    private static final int ABORTED_EVERY = 7;
    private static final int ABORTED_AT = 3;
    private static final int NO_VALUE_EVERY = 50;
    private static final int NO_VALUE_AT = 3;

    final String name;
    final int keys;
    final long first;
    final long end;
    final String[] codecs;

    NumberedTopic(String described) {
        String[] parts = described.split(":");
        name = parts[0];
        keys = Integer.parseInt(parts[1]);
        first = Long.parseLong(parts[2]);
        end = Long.parseLong(parts[3]);
        codecs = parts[4].split(",");
    }

    boolean isCompacted() {
        return name.contains("compacted");
    }

    boolean isTransactional() {
        return name.contains("transactions");
    }

    /** Where a transaction that holds the record ends, behind its marker. */
    static long endOfTransaction(long number) {
        return (number / PER_TRANSACTION + 1) * PER_TRANSACTION;
    }

    static boolean isAborted(long number) {
        return number / PER_TRANSACTION % ABORTED_EVERY == ABORTED_AT;
    }

    /** Whether a reader gets to see a record with this number, if compaction has left it. */
    boolean shows(long number, boolean committedOnly) {
        return !isTransactional() || number + 1 != endOfTransaction(number) && !(committedOnly && isAborted(number));
    }

    String codec(long number) {
        return codecs[(int) (number / PER_CODEC % codecs.length)];
    }

    String key(long number) {
        return "key " + number % keys;
    }

    /** Some have none, which in a compacted topic deletes the key. */
    String value(long number) {
        return number % NO_VALUE_EVERY == NO_VALUE_AT
                ? null
                : "value " + number + " of a topic that is older than its broker, and is to be read all the same";
    }

    static long timestamp(long number) {
        return BEGIN + number * 1_000;
    }
}
