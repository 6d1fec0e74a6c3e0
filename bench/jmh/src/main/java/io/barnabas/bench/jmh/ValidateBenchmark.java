package io.barnabas.bench.jmh;

import io.barnabas.wire.record.BatchValidator;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordRules;
import io.barnabas.wire.record.ValidationOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a leader checks of a batch that a producer sends: checksum, structure, timestamps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ValidateBenchmark {
    private static final short PRODUCE_VERSION = 9;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final RecordRules RULES =
            new RecordRules(1 << 20, null, 0, false, Long.MAX_VALUE, 3_600_000, false, 100 << 20);

    @Param({"1", "60"})
    public int records;

    @Param({"NONE", "LZ4", "ZSTD", "SNAPPY", "GZIP"})
    public Compression codec;

    private ByteBuf batch;

    @Setup
    public void build() {
        batch = Batches.of(records, codec, NOW_MS);
    }

    @TearDown
    public void release() {
        batch.release();
    }

    @Benchmark
    public ValidationOutcome validate() {
        return BatchValidator.validate(batch, RULES, PRODUCE_VERSION, NOW_MS, PooledByteBufAllocator.DEFAULT);
    }
}
