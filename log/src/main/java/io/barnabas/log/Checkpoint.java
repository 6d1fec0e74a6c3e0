package io.barnabas.log;

import io.barnabas.log.directory.OffsetCheckpoint;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** A checkpoint file of a log directory, and whether what it says is out of date. Any thread may call. */
final class Checkpoint {
    private final OffsetCheckpoint file;
    private volatile boolean outOfDate;

    Checkpoint(OffsetCheckpoint file) {
        this.file = file;
    }

    /** An offset in it moved. */
    void moved() {
        if (!outOfDate) {
            outOfDate = true;
        }
    }

    boolean isOutOfDate() {
        return outOfDate;
    }

    /** Takes the offsets of this moment; what moves from now on makes the file out of date again. */
    synchronized void write(Supplier<Map<TopicPartition, Long>> offsets) throws IOException {
        outOfDate = false;
        try {
            file.write(offsets.get());
        } catch (IOException failure) {
            outOfDate = true;
            throw failure;
        }
    }

    Map<TopicPartition, Long> readOrNull() throws IOException {
        return file.readOrNull();
    }

    Map<TopicPartition, Long> readOrEmpty() throws IOException {
        return file.readOrEmpty();
    }
}
