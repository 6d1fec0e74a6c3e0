package io.barnabas.requests.data;

import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.CloseConnection;
import io.barnabas.requests.Operation;
import io.barnabas.requests.PipelinedHandler.Outcome;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import io.barnabas.wire.message.ProduceResponse.TopicProduceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One Produce from its arrival to its answer. Begins on the connection's event loop; where nothing takes long and
 * nothing waits, it also ends there, before {@link #start} returns. Otherwise whoever finishes the last append lets the
 * connection go on, and whoever finishes the last wait answers.
 */
final class ProduceRun {
    private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

    private final RequestContext context;
    private final ProduceRequest request;
    private final ProduceTools tools;
    private final ProduceResponse answer = new ProduceResponse();
    private final List<ProduceItem> items = new ArrayList<>();
    private final CompletableFuture<ProduceResponse> response = new CompletableFuture<>();
    /** Appends still to be made, and items still to be answered; each one more while {@link #start} runs. */
    private final AtomicInteger unappended = new AtomicInteger(1);

    private final AtomicInteger unanswered = new AtomicInteger(1);
    private CompletableFuture<Void> mayContinue = AT_ONCE;
    private volatile Timers.Timer timer;

    ProduceRun(RequestContext context, ProduceRequest request, ProduceTools tools) {
        this.context = context;
        this.request = request;
        this.tools = tools;
    }

    RequestContext context() {
        return context;
    }

    ProduceRequest request() {
        return request;
    }

    ProduceVerification verification() {
        return new ProduceVerification(tools.transactions(), context.apiVersion());
    }

    ProduceTools tools() {
        return tools;
    }

    Outcome<ProduceResponse> start() {
        long bytes = makeItems();
        unanswered.addAndGet(items.size());
        boolean gathered = append();
        answer.throttleTimeMs(tools.quotas().throttleMs(context, Quotas.Kind.PRODUCED_BYTES, bytes));
        if (!gathered) {
            begun();
        }
        return new Outcome<>(mayContinue, response);
    }

    /** True when the append comes later, together with those of the requests behind this one. */
    private boolean append() {
        ClientConnection connection = context.connection();
        boolean mayGather = items.size() == 1 && (connection.isFollowed() || connection.gathering() != null);
        boolean gathered = false;
        for (int i = 0; i < items.size(); i++) {
            ProduceItem item = items.get(i);
            if (!item.isAcceptable()) {
                continue;
            }
            boolean asksFirst = item.needsVerification();
            if (mayGather && item.mayBeGathered()) {
                gathered = true;
                mayContinue = new CompletableFuture<>();
                GatheredAppends.add(connection, item);
            } else {
                // What came before must not be overtaken.
                connection.endGathering();
                append(item, asksFirst);
            }
        }
        return gathered;
    }

    /** The append for which {@link #start} did not wait is done. */
    void gatheredAppended() {
        begun();
    }

    /** All is under way, whatever of it is done already. */
    private void begun() {
        appended();
        limitWait();
        answered();
    }

    private long makeItems() {
        long bytes = 0;
        List<TopicProduceData> topics = request.topicData();
        for (int i = 0; i < topics.size(); i++) {
            TopicProduceData topic = topics.get(i);
            TopicProduceResponse answers =
                    new TopicProduceResponse().name(topic.name()).topicId(topic.topicId());
            answer.responses().add(answers);
            for (int j = 0; j < topic.partitionData().size(); j++) {
                PartitionProduceData data = topic.partitionData().get(j);
                ProduceItem item = new ProduceItem(this, topic, data);
                answers.partitionResponses().add(item.answer());
                items.add(item);
                bytes += data.records() == null ? 0 : data.records().sizeInBytes();
            }
        }
        return bytes;
    }

    private void append(ProduceItem item, boolean asksFirst) {
        if (asksFirst) {
            appendOnceVerified(item);
        } else if (item.takesLong()) {
            appendElsewhere(item);
        } else {
            item.append();
        }
    }

    /** The connection pauses meanwhile, so that the producer's later batches do not overtake this one. */
    private void appendOnceVerified(ProduceItem item) {
        if (mayContinue == AT_ONCE) {
            mayContinue = new CompletableFuture<>();
        }
        unappended.incrementAndGet();
        item.verify()
                .whenCompleteAsync(
                        (error, fault) -> {
                            if (fault != null) {
                                tools.faults().fault("asking a transaction's coordinator", fault);
                                item.refuseUnverified(ErrorCode.UNKNOWN_SERVER_ERROR);
                            } else if (error == ErrorCode.NONE) {
                                item.append();
                            } else {
                                item.refuseUnverified(error);
                            }
                            appended();
                        },
                        tools.codec());
    }

    /** The connection pauses meanwhile, so that there is at most one request of each in the codec pool's queue. */
    private void appendElsewhere(ProduceItem item) {
        if (mayContinue == AT_ONCE) {
            mayContinue = new CompletableFuture<>();
        }
        unappended.incrementAndGet();
        tools.codec().execute(() -> {
            item.append();
            appended();
        });
    }

    private void appended() {
        if (unappended.decrementAndGet() == 0 && mayContinue != AT_ONCE) {
            mayContinue.complete(null);
        }
    }

    /** One timer for all items that wait. */
    private void limitWait() {
        if (unanswered.get() > 1 && request.acks() != 0) {
            timer = tools.timers().schedule(request.timeoutMs(), this::expire);
        }
    }

    private void expire() {
        for (int i = 0; i < items.size(); i++) {
            items.get(i).expire();
        }
    }

    /** One item is done. */
    void answered() {
        if (unanswered.decrementAndGet() == 0) {
            finish();
        }
    }

    private void finish() {
        Timers.Timer running = timer;
        if (running != null) {
            running.cancel();
        }
        PartitionProduceResponse failed = addHints();
        if (request.acks() != 0) {
            response.complete(answer);
        } else if (failed == null) {
            response.complete(null);
        } else {
            response.completeExceptionally(new CloseConnection("Produce without acknowledgement failed: partition "
                    + failed.index() + " " + ErrorCode.of(failed.errorCode())));
        }
    }

    /** One of the partitions that failed, or null. */
    private PartitionProduceResponse addHints() {
        PartitionProduceResponse failed = null;
        for (int i = 0; i < items.size(); i++) {
            ProduceItem item = items.get(i);
            if (item.answer().errorCode() != ErrorCode.NONE.code()) {
                failed = item.answer();
                item.addHint(answer);
            }
        }
        return failed;
    }

    boolean mayWrite(String topic) {
        return tools.authorizer().allows(context, Operation.WRITE, ResourceType.TOPIC, topic);
    }

    static RecordsRef.Buffer bufferOf(PartitionProduceData data) {
        return (RecordsRef.Buffer) data.records();
    }
}
