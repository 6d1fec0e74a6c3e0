package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log says of aborted transactions, beside a list of them. */
class AbortedTransactionsTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(1500)
            .indexIntervalBytes(100)
            .retentionMs(-1)
            .build();

    @TempDir
    private Path directory;

    @Test
    void hasNoFileWhereNothingWasAborted() throws IOException {
        Model model = new Model(directory, Seeds.random(1));
        model.write(7);
        model.end(7, true);
        model.fixture.closeAndOpen();
        assertThat(model.indexFiles()).isEmpty();
        model.write(7);
        model.end(7, false);
        model.fixture.closeAndOpen();
        assertThat(model.indexFiles()).hasSize(1);
        assertThat(Files.size(model.indexFiles().get(0))).as("one entry").isEqualTo(34);
    }

    @Test
    void answersWithAllThatReadersOfAPlaceMustKnow() throws Exception {
        Seeds.forEach(25, random -> {
            Model model = new Model(Files.createTempDirectory(directory, "log"), random);
            for (int step = 0; step < 150; step++) {
                model.act();
                if (step % 10 == 0) {
                    model.check();
                }
            }
            model.check();
        });
    }

    @Test
    void makesADamagedIndexAnew() throws IOException {
        Model model = new Model(directory, Seeds.random(3));
        model.write(1);
        while (model.fixture.log.segmentCount() < 3) {
            model.write(2);
        }
        model.end(2, false);
        model.end(1, false);
        model.write(3);
        while (model.fixture.log.segmentCount() < 4) {
            model.write(3);
        }
        model.fixture.log.close(model.fixture.time.nowMs());
        for (Path file : model.indexFiles()) {
            Files.write(file, new byte[] {1, 2, 3});
        }
        model.fixture.open(new LogRecovery.Hints(
                true, model.fixture.log.logEndOffset(), 0, model.fixture.log.logEndOffset(), Long.MAX_VALUE, 0));
        assertThat(model.ended).hasSize(2);
        model.check();
    }

    @Test
    void goesWithItsSegment() throws IOException {
        Model model = new Model(directory, Seeds.random(3));
        model.write(1);
        model.end(1, false);
        while (model.fixture.log.segmentCount() < 3) {
            model.write(2);
        }
        model.fixture.log.flush();
        assertThat(model.indexFiles()).hasSize(1);
        model.fixture.log.deleteRecordsBefore(model.fixture.log.logEndOffset());
        model.fixture.log.deleteOldSegments(model.fixture.time.nowMs());
        assertThat(model.indexFiles()).isEmpty();
        assertThat(model.fixture.log.lastStableOffset()).isGreaterThanOrEqualTo(model.fixture.log.logStartOffset());
    }

    /** A log, and the list of what was aborted in it. */
    private static final class Model {
        private final RandomGenerator random;
        private final LogFixture fixture;
        private final Map<Long, Long> open = new HashMap<>();
        private final Map<Long, Integer> sequences = new HashMap<>();
        private final List<AbortedTransaction> ended = new ArrayList<>();

        private Model(Path directory, RandomGenerator random) throws IOException {
            this.random = random;
            this.fixture = new LogFixture(directory, SMALL);
            fixture.openNew();
        }

        private void act() throws IOException {
            long producer = 1 + random.nextInt(5);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4, 5 -> write(producer);
                case 6, 7 -> end(producer, random.nextBoolean());
                case 8 -> fixture.log.writeIndexesBehind();
                case 9 -> fixture.log.flush();
                case 10 -> restart();
                default -> truncate();
            }
        }

        private void write(long producer) {
            int sequence = sequences.getOrDefault(producer, 0);
            long offset = fixture.appended(TestBatches.transactional(producer, 0, sequence, 1))
                    .baseOffset();
            sequences.put(producer, sequence + 1);
            open.putIfAbsent(producer, offset);
            fixture.log.updateHighWatermark(offset + 1);
        }

        private void end(long producer, boolean committed) {
            ByteBuf marker = TestBatches.heap(
                    new EndTxnMarker(committed, 1).build(producer, (short) 0, 1, UnpooledByteBufAllocator.DEFAULT));
            fixture.log.appendAsLeader(marker, 0, AppendOrigin.COORDINATOR, 1);
            long offset = fixture.log.logEndOffset() - 1;
            fixture.log.updateHighWatermark(offset + 1);
            Long first = open.remove(producer);
            if (first != null && !committed) {
                ended.add(new AbortedTransaction(producer, first, offset, stable(offset + 1)));
            }
            assertThat(fixture.log.lastStableOffset()).isEqualTo(stable(offset + 1));
        }

        private long stable(long otherwise) {
            return open.values().stream().mapToLong(Long::longValue).min().orElse(otherwise);
        }

        private void restart() throws IOException {
            if (random.nextBoolean()) {
                fixture.closeAndOpen();
            } else {
                fixture.openAfterCrash(0);
                fixture.log.updateHighWatermark(fixture.log.logEndOffset());
            }
        }

        /** At a place where no transaction is open, so that the list of them is easy to keep. */
        private void truncate() throws IOException {
            long to = fixture.log.logEndOffset() - random.nextInt(4);
            boolean cutsOpenOnes = open.values().stream().anyMatch(first -> first >= to)
                    || ended.stream().anyMatch(one -> one.lastOffset() >= to && one.firstOffset() < to);
            if (to <= 0 || cutsOpenOnes || !open.isEmpty()) {
                return;
            }
            fixture.log.truncateTo(to, 1);
            ended.removeIf(one -> one.lastOffset() >= to);
            for (long producer = 1; producer <= 5; producer++) {
                ProducerState state = fixture.log.producer(producer);
                sequences.put(producer, state == null ? 0 : state.lastSequence() + 1);
                if (state != null && state.currentTxnFirstOffset() >= 0) {
                    open.put(producer, state.currentTxnFirstOffset());
                }
            }
        }

        private void check() throws IOException {
            long end = fixture.log.logEndOffset();
            for (int i = 0; i < 20; i++) {
                long from = random.nextLong(end + 1);
                long upTo = from + random.nextLong(end - from + 1);
                List<AbortedTransaction> found = fixture.log.abortedTransactionsFromDisk(from, upTo);
                assertThat(found).isSubsetOf(ended);
                for (AbortedTransaction one : ended) {
                    boolean matters = one.lastOffset() >= from && one.firstOffset() < upTo;
                    assertThat(found.contains(one))
                            .as("%s of [%s, %s)", one, from, upTo)
                            .isEqualTo(matters);
                }
                assertThat(fixture.log.abortedTransactions(from, upTo)).isEqualTo(found);
            }
        }

        private List<Path> indexFiles() throws IOException {
            try (var files = Files.list(fixture.log.path())) {
                return files.filter(file -> file.toString().endsWith(LogFiles.TRANSACTION_INDEX))
                        .toList();
            }
        }
    }
}
