package io.barnabas.log;

/** The first offset of a segment, and when its file was last written. */
public record SegmentStart(long offset, long lastModifiedMs) {}
