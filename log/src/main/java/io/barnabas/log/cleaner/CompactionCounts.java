package io.barnabas.log.cleaner;

/** What one compaction of a log read and wrote. Confined to the thread that compacts. */
final class CompactionCounts {
    private long mappedBytes;
    private long bytesRead;
    private long recordsRead;
    private long bytesWritten;
    private long recordsWritten;
    private long invalidRecords;

    void mapped(long bytes) {
        mappedBytes += bytes;
    }

    void read(long records, long bytes) {
        recordsRead += records;
        bytesRead += bytes;
    }

    void wrote(long records, long bytes) {
        recordsWritten += records;
        bytesWritten += bytes;
    }

    /** A record without key, which a compacted topic has no place for. */
    void invalid() {
        invalidRecords++;
    }

    long invalidRecords() {
        return invalidRecords;
    }

    @Override
    public String toString() {
        return mappedBytes + " bytes looked through for keys, from " + bytesRead + " bytes (" + recordsRead
                + " records) to " + bytesWritten + " bytes (" + recordsWritten + " records)";
    }
}
