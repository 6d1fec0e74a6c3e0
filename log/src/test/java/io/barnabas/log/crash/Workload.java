package io.barnabas.log.crash;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.log.producer.Verification;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a broker does with its logs, at random: appends of all kinds, flushes, rolls, time that passes and brings
 * checkpoints, retention and compaction with it, records and topics deleted, a follower's log cut. The models learn of
 * each step before it can leave a trace on the disk.
 */
final class Workload {
    private final Life life;
    private final Models models;
    private final RandomGenerator random;

    Workload(Life life, Models models, RandomGenerator random) {
        this.life = life;
        this.models = models;
        this.random = random;
    }

    /** Makes what is missing, and takes up leadership. */
    void begin() {
        attempt(() -> {
            for (PartitionModel model : models.all()) {
                if (!model.exists && model != models.passing) {
                    create(model);
                }
                model.leaderEpoch++;
                if (model.exists && model != models.following) {
                    log(model).beginLeaderEpoch(model.leaderEpoch);
                    if (random.nextBoolean()) {
                        log(model).showLeaderEpoch();
                    }
                }
            }
        });
    }

    void step() {
        attempt(this::randomStep);
        life.checkHealth();
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void attempt(Action action) {
        try {
            action.run();
        } catch (IOException | RuntimeException failure) {
            throw new Violation("on a disk without faults: " + failure, failure);
        }
    }

    private void randomStep() throws IOException {
        int dice = random.nextInt(100);
        if (dice < 45) {
            append();
        } else if (dice < 65) {
            work();
        } else if (dice < 72) {
            log(any()).flush();
        } else if (dice < 80) {
            life.time.advanceMs(random.nextInt(1, 3_000));
        } else if (dice < 85) {
            life.time.advanceMs(random.nextInt(15_000, 130_000));
        } else if (dice < 88) {
            log(any()).roll(life.time.nowMs());
        } else if (dice < 91) {
            deleteRecords();
        } else if (dice < 95) {
            cut();
        } else if (dice < 97) {
            newEpoch();
        } else if (models.passing.exists) {
            delete(models.passing);
        } else {
            create(models.passing);
        }
    }

    private PartitionModel any() {
        List<PartitionModel> existing = models.existing();
        return existing.get(random.nextInt(existing.size()));
    }

    private PartitionLog log(PartitionModel model) {
        return life.manager().logFor(model.name);
    }

    private void work() {
        if (random.nextInt(3) == 0) {
            life.diskIo.runAll();
        } else {
            life.diskIo.runOne();
        }
    }

    private void create(PartitionModel model) throws IOException {
        model.topicId = Uuid.random(random);
        life.manager().create(model.name, model.topicId, model.config);
        model.exists = true;
    }

    private void delete(PartitionModel model) throws IOException {
        model.deleted();
        life.manager().delete(model.name);
    }

    private void append() {
        PartitionModel model = any();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            if (model == models.following) {
                follow(model);
            } else if (model == models.compacted) {
                lead(model, batches().keyed(model.leaderEpoch, log(model).logEndOffset()), AppendOrigin.CLIENT);
            } else {
                lead(model);
            }
        }
    }

    private RandomBatches batches() {
        return new RandomBatches(random, life.time.nowMs());
    }

    private void lead(PartitionModel model) {
        long offset = log(model).logEndOffset();
        ProducerState inTransaction = openTransaction(model);
        if (inTransaction != null && random.nextInt(4) == 0) {
            ByteBuf marker = batches().marker(inTransaction, model.leaderEpoch, offset);
            lead(model, marker, AppendOrigin.COORDINATOR);
            return;
        }
        boolean transactional = random.nextInt(3) == 0;
        // Even ids are those of transactional producers.
        long id = 2 * random.nextInt(3) + (transactional ? 0 : 1);
        ProducerState state = log(model).producer(id);
        if (random.nextInt(3) == 0) {
            lead(model, batches().plain(model.leaderEpoch, offset), AppendOrigin.CLIENT);
        } else {
            lead(model, batches().of(id, state, transactional, model.leaderEpoch, offset), AppendOrigin.CLIENT);
        }
    }

    private ProducerState openTransaction(PartitionModel model) {
        for (ProducerState state : log(model).producers()) {
            if (state.currentTxnFirstOffset() >= 0) {
                return state;
            }
        }
        return null;
    }

    private void lead(PartitionModel model, ByteBuf batch, AppendOrigin origin) {
        WrittenBatch written = model.handOver(batch, model.end);
        Appended done = appended(log(model)
                .appendAsLeader(batch.copy(), model.leaderEpoch, origin, Verification.NOT_NEEDED, life.time.nowMs()));
        Violation.check(
                done.baseOffset() == written.baseOffset() && !done.duplicate(),
                "%s is answered with %s",
                written,
                done);
        model.end = written;
        replicate(model);
        if (BatchHeader.baseSequence(batch, 0) >= 0 && random.nextInt(8) == 0) {
            retry(model, batch, done);
        }
    }

    private void retry(PartitionModel model, ByteBuf batch, Appended first) {
        Appended again = appended(log(model)
                .appendAsLeader(
                        batch.copy(),
                        model.leaderEpoch,
                        AppendOrigin.CLIENT,
                        Verification.NOT_NEEDED,
                        life.time.nowMs()));
        Violation.check(
                again.duplicate() && again.baseOffset() == first.baseOffset(), "a retry is answered with %s", again);
    }

    private void follow(PartitionModel model) {
        ByteBuf all = Unpooled.buffer();
        WrittenBatch last = model.end;
        // A leader's compacted log has holes.
        long offset = log(model).logEndOffset() + (random.nextInt(10) == 0 ? random.nextInt(5) : 0);
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            ByteBuf batch = batches().plain(model.leaderEpoch, offset);
            last = model.handOver(batch, last);
            offset = last.lastOffset() + 1;
            all.writeBytes(batch);
        }
        appended(log(model).appendAsFollower(all, life.time.nowMs()));
        model.end = last;
        replicate(model);
    }

    private static Appended appended(AppendOutcome outcome) {
        return outcome.fold(done -> done, refused -> {
            throw new Violation("an append is refused: " + refused);
        });
    }

    private void replicate(PartitionModel model) {
        if (random.nextInt(8) > 0) {
            log(model).updateHighWatermark(log(model).logEndOffset());
        }
    }

    private void deleteRecords() {
        PartitionModel model = any();
        PartitionLog log = log(model);
        if (log.highWatermark() > log.logStartOffset()) {
            long offset = random.nextLong(log.logStartOffset(), log.highWatermark() + 1);
            model.startOffset = Math.max(model.startOffset, offset);
            log.deleteRecordsBefore(offset);
        }
    }

    private void cut() throws IOException {
        PartitionModel model = models.following;
        PartitionLog log = log(model);
        long end = log.logEndOffset();
        if (random.nextInt(8) == 0) {
            long begin = end + random.nextInt(20);
            model.beginCut(0);
            log.truncateFullyAndStartAt(begin, life.time.nowMs());
            model.endCut(0);
            model.startOffset = begin;
        } else {
            long offset = random.nextLong(Math.max(log.logStartOffset(), end - 20), end + 1);
            model.beginCut(offset);
            log.truncateTo(offset, life.time.nowMs());
            model.endCut(offset);
        }
        model.leaderEpoch++;
    }

    private void newEpoch() throws IOException {
        PartitionModel model = any();
        model.leaderEpoch++;
        if (model != models.following) {
            log(model).beginLeaderEpoch(model.leaderEpoch);
            log(model).showLeaderEpoch();
        }
    }
}
