package io.barnabas.bench.jmh;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.ReadOutcome;
import io.barnabas.wire.record.Compression;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Where a fetch's records lie: segment, index, the batches from the entry on; no record is read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final int BATCHES = 2_000;
    private static final int RECORDS_OF_A_BATCH = 15;
    private static final int MAX_BYTES = 64 << 10;

    private final SplittableRandom random = new SplittableRandom(1);
    private WrittenLog written;
    private long endOffset;

    @Setup
    public void write() throws IOException {
        written = new WrittenLog();
        ByteBuf batch = Batches.of(RECORDS_OF_A_BATCH, Compression.NONE, NOW_MS);
        for (int i = 0; i < BATCHES; i++) {
            written.log().appendAsLeader(batch, 0, AppendOrigin.CLIENT, NOW_MS);
        }
        batch.release();
        endOffset = written.log().logEndOffset();
    }

    @TearDown
    public void close() throws IOException {
        written.close();
    }

    @Benchmark
    public int lookUp() {
        ReadOutcome outcome = written.log().read(random.nextLong(endOffset), MAX_BYTES, true, endOffset);
        return outcome.fold(
                slice -> {
                    slice.records().release();
                    return slice.records().sizeInBytes();
                },
                () -> 0,
                outOfRange -> {
                    throw new IllegalStateException(outOfRange.toString());
                },
                unreadable -> {
                    throw new IllegalStateException(unreadable.toString());
                });
    }
}
