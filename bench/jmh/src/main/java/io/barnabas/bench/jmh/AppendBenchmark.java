package io.barnabas.bench.jmh;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.wire.record.Compression;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A batch on its way into the page cache: lock, checks of the producer, offsets, index, write. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBenchmark {
    private static final long NOW_MS = 1_700_000_000_000L;

    @Param({"1", "15", "60"})
    public int records;

    private ByteBuf batch;
    private WrittenLog written;

    /** A new log each time, so that what is written does not fill the disk. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        batch = Batches.of(records, Compression.NONE, NOW_MS);
        written = new WrittenLog();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        written.close();
        batch.release();
    }

    @Benchmark
    public long append() {
        AppendOutcome outcome = written.log().appendAsLeader(batch, 0, AppendOrigin.CLIENT, NOW_MS);
        return outcome.fold(AppendOutcome.Appended::lastOffset, rejected -> {
            throw new IllegalStateException(rejected.toString());
        });
    }
}
