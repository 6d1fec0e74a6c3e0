package io.barnabas.cluster.registration;

import io.barnabas.cluster.registration.RegistrationOutcome.Refused;
import io.barnabas.cluster.registration.RegistrationOutcome.Registered;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.MultiAnswer;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.Op;
import io.barnabas.cluster.store.SessionListener;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.cluster.znodes.BrokerZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.SerialMailbox;
import io.barnabas.runtime.Timers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This broker's node under /brokers/ids, renewed with every session. An id that somebody else holds is refused at
 * once when the holder answers; when it does not, its session is given the time to expire. State belongs to the
 * executor, a mailbox.
 */
public final class BrokerRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerRegistration.class);
    /** The server notices an expiry at its next tick. */
    private static final long EXPIRY_SLACK_MS = 5_000;

    private final Identity identity;
    private final ClusterStore store;
    private final HolderProbe probe;
    private final Timers timers;
    private final Executor mailbox;
    private final Listener listener;
    private final CompletableFuture<RegistrationOutcome> first = new CompletableFuture<>();
    private final Set<Long> ownSessions = new HashSet<>();
    private volatile long brokerEpoch = -1;

    /**
     * @param description what is registered; asked anew each time
     * @param sessionTimeoutMs how long a holder that does not answer is waited for
     */
    public record Identity(int brokerId, Supplier<BrokerZnode> description, long sessionTimeoutMs) {}

    /** Hears, on the mailbox, how each registration ended. */
    @FunctionalInterface
    public interface Listener {
        void ended(StoreSession session, RegistrationOutcome outcome);
    }

    public BrokerRegistration(
            Identity identity,
            ClusterStore store,
            HolderProbe probe,
            Timers timers,
            SerialMailbox mailbox,
            Listener listener) {
        this(identity, store, probe, timers, (Executor) mailbox, listener);
    }

    BrokerRegistration(
            Identity identity,
            ClusterStore store,
            HolderProbe probe,
            Timers timers,
            Executor mailbox,
            Listener listener) {
        this.identity = identity;
        this.store = store;
        this.probe = probe;
        this.timers = timers;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    /** Registers with the session that stands, and from then on with each new one. Answers how the first time ended. */
    public CompletionStage<RegistrationOutcome> start() {
        store.listen(new SessionListener() {
            @Override
            public void established(StoreSession session) {
                mailbox.execute(() -> register(session.on(mailbox)));
            }
        });
        return first;
    }

    /** Of the newest registration; -1 before the first. Any thread may ask. */
    public long brokerEpoch() {
        return brokerEpoch;
    }

    private void register(StoreSession session) {
        ownSessions.add(session.id());
        attempt(session).whenComplete((outcome, failure) -> {
            if (failure != null) {
                // A session lost on the way is followed by the next one, which tries again.
                LOG.info("Registration of broker {} was cut off: {}", identity.brokerId(), failure.toString());
                return;
            }
            outcome.fold(registered -> brokerEpoch = registered.brokerEpoch(), refused -> brokerEpoch);
            listener.ended(session, outcome);
            first.complete(outcome);
        });
    }

    private CompletionStage<RegistrationOutcome> attempt(StoreSession session) {
        byte[] description = identity.description().get().bytes();
        // Two steps, so that the version of a fresh registration is 1, as tools expect it.
        List<Op> steps =
                List.of(new Op.Create(path(), null, NodeKind.EPHEMERAL), new Op.SetData(path(), description, 0));
        return session.multi(steps).thenCompose(answer -> afterAttempt(session, answer));
    }

    private CompletionStage<RegistrationOutcome> afterAttempt(StoreSession session, MultiAnswer answer) {
        return switch (answer.code()) {
            case OK -> registered(answer.stats().get(1).czxid());
            case NODE_EXISTS, UNKNOWN -> inspect(session);
            default -> throw new StoreException("register " + path(), answer.code());
        };
    }

    private CompletionStage<RegistrationOutcome> inspect(StoreSession session) {
        return session.get(path()).thenCompose(read -> {
            if (read.is(AnswerCode.NO_NODE)) {
                return attempt(session);
            }
            NodeData node = read.orThrow("read " + path());
            long owner = node.stat().ephemeralOwner();
            if (owner == session.id()) {
                return registered(node.stat().czxid());
            } else if (ownSessions.contains(owner)) {
                return session.delete(path(), node.stat().version())
                        .thenCompose(gone -> inspectUnless(session, gone.code()));
            }
            return foreign(session, node);
        });
    }

    private CompletionStage<RegistrationOutcome> inspectUnless(StoreSession session, AnswerCode code) {
        if (code == AnswerCode.SESSION_LOST || code == AnswerCode.REFUSED) {
            throw new StoreException("delete " + path(), code);
        }
        return code == AnswerCode.OK ? attempt(session) : inspect(session);
    }

    private CompletionStage<RegistrationOutcome> foreign(StoreSession session, NodeData node) {
        List<BrokerEndpoint> endpoints =
                BrokerZnode.parse(node.bytes()).map(BrokerZnode::endpoints).orElse(List.of());
        CompletableFuture<Optional<BrokerEndpoint>> probed = new CompletableFuture<>();
        probe.answering(endpoints)
                .whenComplete((answering, failure) ->
                        mailbox.execute(() -> probed.complete(failure == null ? answering : Optional.empty())));
        return probed.thenCompose(answering -> answering.isPresent()
                ? refused("Broker id " + identity.brokerId() + " is taken: a broker that answers at "
                        + address(answering.get()) + " is registered with it")
                : awaitExpiry(session, endpoints));
    }

    private CompletionStage<RegistrationOutcome> awaitExpiry(StoreSession session, List<BrokerEndpoint> endpoints) {
        long waitMs = identity.sessionTimeoutMs() + EXPIRY_SLACK_MS;
        LOG.info(
                "Broker id {} is registered by {}, which does not answer; waiting up to {} ms for its session to expire",
                identity.brokerId(),
                endpoints.stream().map(BrokerRegistration::address).toList(),
                waitMs);
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        Timers.Timer deadline = timers.schedule(waitMs, () -> mailbox.execute(() -> gone.complete(false)));
        awaitDeletion(session, gone);
        return gone.thenCompose(expired -> {
            deadline.cancel();
            return expired
                    ? attempt(session)
                    : refused("Broker id " + identity.brokerId() + " is taken: "
                            + endpoints.stream()
                                    .map(BrokerRegistration::address)
                                    .toList()
                            + " does not answer, but its session did not expire within " + waitMs + " ms");
        });
    }

    private void awaitDeletion(StoreSession session, CompletableFuture<Boolean> gone) {
        session.exists(path(), event -> awaitDeletion(session, gone)).thenAccept(answer -> {
            if (!answer.isOk()) {
                gone.complete(true);
            }
        });
    }

    private CompletionStage<RegistrationOutcome> registered(long epoch) {
        LOG.info("Registered broker {} at path {} with epoch {}", identity.brokerId(), path(), epoch);
        return CompletableFuture.completedFuture(new Registered(epoch));
    }

    private static CompletionStage<RegistrationOutcome> refused(String reason) {
        return CompletableFuture.completedFuture(new Refused(reason));
    }

    private String path() {
        return Znodes.broker(identity.brokerId());
    }

    private static String address(BrokerEndpoint endpoint) {
        return endpoint.listener() + "://" + endpoint.host() + ":" + endpoint.port();
    }
}
