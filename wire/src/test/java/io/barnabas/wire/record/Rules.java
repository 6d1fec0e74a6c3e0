package io.barnabas.wire.record;

/** Rules for tests: everything is allowed but what a test forbids. */
record Rules(RecordRules rules) {
    static final long NOW = 1_700_000_000_000L;

    static Rules lenient() {
        return new Rules(
                new RecordRules(10_000_000, null, 0, false, Long.MAX_VALUE, Long.MAX_VALUE, false, 50_000_000));
    }

    Rules maxMessageBytes(int bytes) {
        return new Rules(new RecordRules(
                bytes,
                rules.target(),
                rules.level(),
                rules.logAppendTime(),
                rules.timestampBeforeMaxMs(),
                rules.timestampAfterMaxMs(),
                rules.compacted(),
                rules.maxExpandedBytes()));
    }

    Rules target(Compression codec) {
        return new Rules(new RecordRules(
                rules.maxMessageBytes(),
                codec,
                codec.defaultLevel(),
                rules.logAppendTime(),
                rules.timestampBeforeMaxMs(),
                rules.timestampAfterMaxMs(),
                rules.compacted(),
                rules.maxExpandedBytes()));
    }

    Rules logAppendTime() {
        return new Rules(new RecordRules(
                rules.maxMessageBytes(),
                rules.target(),
                rules.level(),
                true,
                rules.timestampBeforeMaxMs(),
                rules.timestampAfterMaxMs(),
                rules.compacted(),
                rules.maxExpandedBytes()));
    }

    Rules timestampsWithin(long beforeMs, long afterMs) {
        return new Rules(new RecordRules(
                rules.maxMessageBytes(),
                rules.target(),
                rules.level(),
                rules.logAppendTime(),
                beforeMs,
                afterMs,
                rules.compacted(),
                rules.maxExpandedBytes()));
    }

    Rules compacted() {
        return new Rules(new RecordRules(
                rules.maxMessageBytes(),
                rules.target(),
                rules.level(),
                rules.logAppendTime(),
                rules.timestampBeforeMaxMs(),
                rules.timestampAfterMaxMs(),
                true,
                rules.maxExpandedBytes()));
    }

    Rules maxExpandedBytes(int bytes) {
        return new Rules(new RecordRules(
                rules.maxMessageBytes(),
                rules.target(),
                rules.level(),
                rules.logAppendTime(),
                rules.timestampBeforeMaxMs(),
                rules.timestampAfterMaxMs(),
                rules.compacted(),
                bytes));
    }
}
