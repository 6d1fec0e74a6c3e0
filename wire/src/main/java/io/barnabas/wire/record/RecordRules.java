package io.barnabas.wire.record;

/**
 * What a topic wants of the batches that producers send.
 *
 * @param maxMessageBytes of a whole batch, as it comes and as it is stored
 * @param target the codec to store with; null to keep the producer's
 * @param level for {@code target}
 * @param logAppendTime whether the broker's time replaces the producer's
 * @param timestampBeforeMaxMs how far behind the broker's time a record may lie
 * @param timestampAfterMaxMs how far ahead of it
 * @param compacted whether every record must have a key
 * @param maxExpandedBytes what one batch may hold, decompressed
 */
public record RecordRules(
        int maxMessageBytes,
        Compression target,
        int level,
        boolean logAppendTime,
        long timestampBeforeMaxMs,
        long timestampAfterMaxMs,
        boolean compacted,
        int maxExpandedBytes) {

    /** The codec in which a batch that came with the given one is stored. */
    Compression targetFor(Compression source) {
        return target == null ? source : target;
    }

    int levelFor(Compression codec) {
        return codec == target ? level : codec.defaultLevel();
    }
}
