package io.barnabas.requests.data;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.producer.Verification;
import io.barnabas.replication.CommitWaiter;
import io.barnabas.replication.Partition;
import io.barnabas.requests.metadata.InternalTopics;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import io.barnabas.wire.record.BatchValidator;
import io.barnabas.wire.record.RecordError;
import io.barnabas.wire.record.ValidationOutcome;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One partition of a Produce: checked, appended, perhaps waiting for its commit, answered once. One thread at a time
 * works on it until it waits; then commit and timeout race for the answer.
 */
final class ProduceItem implements CommitWaiter {
    private static final long UNKNOWN = -1;

    /** Kafka's tools write to internal topics under this name; nobody else may. */
    private static final String ADMIN_CLIENT_ID = "__admin_client";

    private static final Runnable NOTHING_TO_CANCEL = () -> {};

    private final ProduceRun run;
    private final PartitionRef name;
    private final RecordsRef records;
    private final PartitionProduceResponse answer;
    private final AtomicBoolean answered = new AtomicBoolean();
    private Partition partition;

    /** Null unless the first batch of a transaction may be among the records. */
    private Verification verification;

    /** The batch, checked, while it waits to be written together with others. */
    private ValidationOutcome.Accepted gathered;

    private volatile Runnable cancelWait = NOTHING_TO_CANCEL;
    private volatile boolean waits;
    private volatile boolean expired;

    ProduceItem(ProduceRun run, TopicProduceData topic, PartitionProduceData data) {
        this.run = run;
        this.name = new PartitionRef(topic.topicId(), topic.name(), data.index());
        this.records = data.records();
        this.answer = new PartitionProduceResponse()
                .index(data.index())
                .baseOffset(UNKNOWN)
                .logAppendTimeMs(UNKNOWN)
                .logStartOffset(UNKNOWN);
    }

    PartitionProduceResponse answer() {
        return answer;
    }

    /** Finds the partition; false when the item is refused, and answered, without a look at its records. */
    boolean isAcceptable() {
        partition = run.tools().lookup().find(name);
        ErrorCode refusal = refusal();
        if (refusal == ErrorCode.NOT_ENOUGH_REPLICAS) {
            answer.logStartOffset(partition.log().logStartOffset());
        }
        if (refusal != ErrorCode.NONE) {
            end(refusal);
        }
        return refusal == ErrorCode.NONE;
    }

    private ErrorCode refusal() {
        String topic = run.tools().lookup().topicOf(name);
        if (topic != null && !run.mayWrite(topic)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        ErrorCode absence = partition == null ? run.tools().lookup().whyAbsent(name) : ErrorCode.NONE;
        if (absence != ErrorCode.NONE && absence != ErrorCode.NOT_LEADER_OR_FOLLOWER) {
            return absence;
        }
        if (!(records instanceof RecordsRef.Buffer)) {
            return ErrorCode.INVALID_RECORD;
        }
        short acks = run.request().acks();
        if (acks < Partition.ACKS_ALL || acks > 1) {
            return ErrorCode.INVALID_REQUIRED_ACKS;
        }
        if (InternalTopics.isInternal(topic)
                && !ADMIN_CLIENT_ID.equals(run.context().clientId())) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        return absence == ErrorCode.NONE ? partition.appendRefusal(acks) : absence;
    }

    /** True when the coordinator of a transaction must be asked first. */
    boolean needsVerification() {
        verification = run.verification().begin(partition, bytes());
        return verification != null && verification != Verification.NOT_NEEDED;
    }

    /** NONE when the records may be appended. */
    CompletionStage<ErrorCode> verify() {
        return run.verification().ask(run.request().transactionalId(), partition, bytes());
    }

    boolean takesLong() {
        return partition.config().log().keepsOldFormat()
                || BatchValidator.isHeavy(bytes(), partition.config().records());
    }

    /** Checks the records and appends them. Never throws. */
    void append() {
        try {
            ValidationOutcome.Accepted accepted = check();
            if (accepted != null) {
                append(accepted);
            }
        } catch (RuntimeException fault) {
            fail(fault);
        }
    }

    /** Whether its append is quick and may be made together with those of other requests. */
    boolean mayBeGathered() {
        return verification == null && !takesLong();
    }

    /** Whether the batch of another gathered item may be written together with this one's. */
    boolean mayShareWrite(ProduceItem next) {
        return partition == next.partition
                && run.request().acks() == next.run.request().acks();
    }

    /** As {@link #append} of each, with as few writes as possible; ends what their runs began. */
    static void appendTogether(List<ProduceItem> items) {
        List<ProduceItem> accepted = new ArrayList<>(items.size());
        List<ByteBuf> batches = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            items.get(i).checkInto(accepted, batches);
        }
        if (!accepted.isEmpty()) {
            appendAll(accepted, batches);
        }
        for (int i = 0; i < items.size(); i++) {
            items.get(i).run.gatheredAppended();
        }
    }

    private void checkInto(List<ProduceItem> items, List<ByteBuf> batches) {
        try {
            gathered = check();
            if (gathered != null) {
                items.add(this);
                batches.add(gathered.batch());
            }
        } catch (RuntimeException fault) {
            fail(fault);
        }
    }

    private static void appendAll(List<ProduceItem> items, List<ByteBuf> batches) {
        ProduceItem first = items.get(0);
        try {
            List<AppendOutcome> outcomes = first.partition.appendAllAsLeader(
                    batches, first.run.request().acks());
            for (int i = 0; i < items.size(); i++) {
                items.get(i).endedTogether(outcomes.get(i));
            }
        } catch (RuntimeException fault) {
            items.forEach(item -> item.fail(fault));
        } finally {
            items.forEach(ProduceItem::releaseGathered);
        }
    }

    private void endedTogether(AppendOutcome outcome) {
        try {
            ended(outcome, gathered.recordCount(), gathered.batch().readableBytes());
        } catch (RuntimeException fault) {
            fail(fault);
        }
    }

    private void releaseGathered() {
        if (gathered.rewritten()) {
            gathered.batch().release();
        }
    }

    /** Null, and the item refused, when the records are not acceptable. */
    private ValidationOutcome.Accepted check() {
        ProduceTools tools = run.tools();
        ValidationOutcome outcome = BatchValidator.validate(
                bytes(),
                partition.config().records(),
                run.context().apiVersion(),
                tools.clock().nowMs(),
                tools.allocator());
        if (outcome instanceof ValidationOutcome.Accepted accepted) {
            return accepted;
        } else if (outcome instanceof ValidationOutcome.Refused refused) {
            refuse(refused);
        }
        return null;
    }

    private void fail(RuntimeException fault) {
        run.tools().faults().fault("Produce to " + partition, fault);
        refuse(ErrorCode.UNKNOWN_SERVER_ERROR);
    }

    private void append(ValidationOutcome.Accepted accepted) {
        ByteBuf batch = accepted.batch();
        try {
            int bytes = batch.readableBytes();
            AppendOutcome outcome = partition.appendAsLeader(
                    batch, AppendOrigin.CLIENT, verification, run.request().acks(), Partition.ANY_EPOCH);
            ended(outcome, accepted.recordCount(), bytes);
        } finally {
            if (accepted.rewritten()) {
                batch.release();
            }
        }
    }

    private void ended(AppendOutcome outcome, int recordCount, int bytes) {
        if (outcome instanceof AppendOutcome.Appended appended) {
            run.tools().metrics().produced(partition.name().topic(), recordCount, bytes);
            appended(appended);
        } else if (outcome instanceof AppendOutcome.Rejected rejected) {
            refuse(rejected.error());
        }
    }

    private void appended(AppendOutcome.Appended appended) {
        answer.baseOffset(appended.baseOffset())
                .logAppendTimeMs(appended.logAppendTimeMs())
                .logStartOffset(partition.log().logStartOffset());
        long endOffset = appended.lastOffset() + 1;
        short acks = run.request().acks();
        if (!partition.isAcknowledged(endOffset, acks)) {
            waits = true;
            cancelWait = partition.awaitAcknowledged(endOffset, acks, this);
            if (expired) {
                expire();
            }
        } else {
            end(ErrorCode.NONE);
        }
    }

    @Override
    public void committed(ErrorCode outcome) {
        end(outcome);
    }

    /** The client's time is over. What is appended stays; its offset is told all the same. */
    void expire() {
        expired = true;
        if (waits) {
            end(ErrorCode.REQUEST_TIMED_OUT);
            cancelWait.run();
        }
    }

    private void refuse(ValidationOutcome.Refused refused) {
        for (RecordError record : refused.recordErrors()) {
            answer.recordErrors()
                    .add(new BatchIndexAndErrorMessage()
                            .batchIndex(record.index())
                            .batchIndexErrorMessage(record.message()));
        }
        answer.errorMessage(refused.recordErrors().isEmpty() ? null : refused.message());
        refuse(refused.error());
    }

    /** Nobody looked at the log. */
    void refuseUnverified(ErrorCode error) {
        end(error);
    }

    private void refuse(ErrorCode error) {
        if (ProduceErrors.tellLogStart(error, bytes(), run.context().apiVersion())) {
            answer.logStartOffset(partition.log().logStartOffset());
        }
        end(error);
    }

    private void end(ErrorCode outcome) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        answer.errorCode(outcome.code());
        if (outcome != ErrorCode.NONE) {
            run.tools().metrics().failed(ApiKey.PRODUCE, outcome);
        }
        run.answered();
    }

    /** Names the leader, where the client went to the wrong broker and understands it. */
    void addHint(ProduceResponse response) {
        run.tools().hints().addTo(response, answer, run.context(), name);
    }

    private ByteBuf bytes() {
        return ((RecordsRef.Buffer) records).bytes();
    }
}
