package io.barnabas.cluster.controller;

import io.barnabas.cluster.BrokerLinks;
import io.barnabas.cluster.ControllerLink;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.SessionListener;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Stages;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionResponse;
import io.barnabas.wire.message.ControlledShutdownRequest;
import io.barnabas.wire.message.ControlledShutdownResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This broker as a candidate for, and perhaps holder of, the controller's office. Stands for election with each
 * session in which the broker is registered; resigns when the session is lost or another broker holds the office.
 * State belongs to the mailbox; any thread may ask for something as a {@link ControllerLink}.
 */
public final class Controller implements ControllerLink {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final long RETRY_MS = 1_000;

    private final ControllerSettings settings;
    private final BrokerLinks links;
    private final Clock clock;
    private final Timers timers;
    private final Executor mailbox;
    private final FaultHandler faults;
    private StoreSession candidacy;
    private boolean closed;
    private volatile ActiveController active;

    /** @param mailbox a {@link io.barnabas.runtime.SerialMailbox} of the controller's own */
    public Controller(
            ControllerSettings settings,
            BrokerLinks links,
            Clock clock,
            Timers timers,
            Executor mailbox,
            FaultHandler faults) {
        this.settings = settings;
        this.links = links;
        this.clock = clock;
        this.timers = timers;
        this.mailbox = mailbox;
        this.faults = faults;
    }

    /** Resigns with each lost session. */
    public void follow(ClusterStore store) {
        store.listen(new SessionListener() {
            @Override
            public void lost(StoreSession session) {
                mailbox.execute(() -> {
                    if (candidacy != null && candidacy.id() == session.id()) {
                        candidacy = null;
                        resign("session lost");
                    }
                });
            }
        });
    }

    /** The broker is registered in this session: it may stand for election. */
    public void registered(StoreSession session) {
        StoreSession bound = session.on(mailbox);
        mailbox.execute(() -> {
            resign("registered anew");
            candidacy = bound;
            stand(bound);
        });
    }

    /** Takes no part any more. The office passes on when the session ends. */
    public void close() {
        mailbox.execute(() -> {
            closed = true;
            resign("shutting down");
        });
    }

    /** Any thread may ask. */
    public boolean isActive() {
        return active != null;
    }

    /** Epoch of the present reign, -1 when this broker does not reign. Any thread may ask. */
    public int epoch() {
        ActiveController now = active;
        return now == null ? -1 : now.epoch();
    }

    /** Unclean elections are allowed where they were not before: partitions without a leader may get one. */
    public void uncleanElectionAllowed() {
        ActiveController now = active;
        if (now != null) {
            now.uncleanElectionAllowed();
        }
    }

    @Override
    public CompletionStage<AlterPartitionResponse> alterPartition(AlterPartitionRequest request) {
        return asked(
                controller -> controller.alterPartition(request),
                error -> new AlterPartitionResponse().errorCode(error.code()));
    }

    @Override
    public CompletionStage<AllocateProducerIdsResponse> allocateProducerIds(AllocateProducerIdsRequest request) {
        return asked(
                controller -> controller.allocateProducerIds(request),
                error -> new AllocateProducerIdsResponse().errorCode(error.code()));
    }

    @Override
    public CompletionStage<ControlledShutdownResponse> controlledShutdown(ControlledShutdownRequest request) {
        return asked(
                controller -> controller.controlledShutdown(request),
                error -> new ControlledShutdownResponse().errorCode(error.code()));
    }

    private <T> CompletionStage<T> asked(
            Function<ActiveController, CompletionStage<T>> question, Function<ErrorCode, T> refusal) {
        ActiveController now = active;
        if (now == null) {
            return CompletableFuture.completedFuture(refusal.apply(ErrorCode.NOT_CONTROLLER));
        }
        return question.apply(now)
                .exceptionally(failure -> refusal.apply(
                        hasMoved(Stages.cause(failure)) ? ErrorCode.NOT_CONTROLLER : ErrorCode.UNKNOWN_SERVER_ERROR));
    }

    // --- election

    private void stand(StoreSession session) {
        if (closed || candidacy != session) {
            return;
        }
        new ControllerElection(settings.brokerId(), session, clock, event -> stand(session))
                .run()
                .whenComplete((outcome, failure) -> {
                    if (closed || candidacy != session) {
                        return;
                    } else if (failure != null) {
                        electionFailed(session, Stages.cause(failure));
                    } else if (outcome.isPresent()) {
                        reign(session, outcome.get());
                    } else {
                        resignUnlessMine(session);
                    }
                });
    }

    private void electionFailed(StoreSession session, Throwable failure) {
        if (!hasMoved(failure)) {
            faults.fault("controller election", failure);
            timers.schedule(RETRY_MS, () -> mailbox.execute(() -> stand(session)));
        }
    }

    /** Somebody holds the office; if this broker believes itself to be that one, the node must say so. */
    private void resignUnlessMine(StoreSession session) {
        if (active == null) {
            return;
        }
        session.exists(Znodes.CONTROLLER).thenAccept(seen -> {
            if (candidacy == session && (!seen.isOk() || seen.value().ephemeralOwner() != session.id())) {
                resign("another broker is the controller");
            }
        });
    }

    private void reign(StoreSession session, Reign.Term term) {
        resign("elected anew");
        LOG.info("Broker {} is the controller, epoch {}", settings.brokerId(), term.epoch());
        EventQueue events = new EventQueue(mailbox, (event, cause) -> eventFailed(session, event, cause));
        BrokerChannels channels = new BrokerChannels(links, mailbox, timers);
        ActiveController controller = new ActiveController(new Reign(settings, session, term, channels, events));
        active = controller;
        controller.takeOver(timers).whenComplete((done, failure) -> {
            if (failure == null) {
                LOG.info("Controller of epoch {} has taken over", term.epoch());
            } else if (active == controller && !hasMoved(Stages.cause(failure))) {
                // Half a takeover helps nobody: leave the office to whoever can fill it.
                resign("taking over failed");
                session.delete(Znodes.CONTROLLER, -1);
                timers.schedule(RETRY_MS, () -> mailbox.execute(() -> stand(session)));
            }
        });
    }

    private void eventFailed(StoreSession session, String event, Throwable cause) {
        if (!hasMoved(cause)) {
            faults.fault("controller, " + event, cause);
            return;
        }
        LOG.info("No longer the controller: {}", cause.getMessage());
        resign(cause.getMessage());
        mailbox.execute(() -> stand(session));
    }

    private void resign(String reason) {
        ActiveController ending = active;
        if (ending != null) {
            active = null;
            ending.end();
            LOG.info("Controller of epoch {} resigns: {}", ending.epoch(), reason);
        }
    }

    private static boolean hasMoved(Throwable failure) {
        return failure instanceof ControllerMovedException
                || failure instanceof StoreException store && store.code() == AnswerCode.SESSION_LOST;
    }
}
