package io.barnabas.log.segment;

import io.barnabas.log.file.LogFiles;
import java.nio.file.Path;

/**
 * The name of a file of a segment, put together when it is needed: a path takes ten times the memory, and of many
 * partitions most are idle.
 *
 * @param directory of the partition, shared by all names in it
 * @param suffix all behind the offset
 */
record SegmentFileName(Path directory, long baseOffset, String suffix) {

    Path path() {
        return LogFiles.of(directory, baseOffset, suffix);
    }

    /** The end of the name is replaced; either one may be empty. */
    SegmentFileName withSuffixChanged(String from, String to) {
        return new SegmentFileName(
                directory,
                baseOffset,
                suffix.substring(0, suffix.length() - from.length()).concat(to));
    }

    SegmentFileName in(Path otherDirectory) {
        return new SegmentFileName(otherDirectory, baseOffset, suffix);
    }
}
