package io.barnabas.broker;

import io.barnabas.cluster.BrokerLinks;
import io.barnabas.cluster.ControllerLink;
import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.controller.Controller;
import io.barnabas.cluster.controller.ControllerSettings;
import io.barnabas.cluster.registration.BrokerRegistration;
import io.barnabas.cluster.registration.RegistrationOutcome;
import io.barnabas.cluster.registration.SocketHolderProbe;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.BrokerZnode;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ControlledShutdownRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This broker's place in the cluster: its registration, and its candidacy for the controller. */
final class Office implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("kafka.server.KafkaServer");
    private static final long LEAVE_WAIT_MS = 2_000;
    private static final long METADATA_WAIT_MS = 30_000;

    private final int brokerId;
    private final MetadataCache metadata;
    private final BrokerRegistration registration;
    private final Controller controller;
    private final ClusterStore store;
    private final long registrationWaitMs;
    private final Consumer<String> onRefused;

    Office(
            ControllerSettings settings,
            Machinery machinery,
            ClusterStore store,
            MetadataCache metadata,
            Supplier<BrokerZnode> description,
            int sessionTimeoutMs,
            BrokerLinks links,
            Consumer<String> onRefused) {
        this.brokerId = settings.brokerId();
        this.metadata = metadata;
        this.store = store;
        this.registrationWaitMs = 2L * sessionTimeoutMs + METADATA_WAIT_MS;
        this.onRefused = onRefused;
        this.controller = new Controller(
                settings,
                links,
                machinery.clock(),
                machinery.timers(),
                machinery.mailbox("controller"),
                machinery.faults());
        this.registration = new BrokerRegistration(
                new BrokerRegistration.Identity(brokerId, description, sessionTimeoutMs),
                store,
                new SocketHolderProbe(machinery.diskIo()),
                machinery.timers(),
                machinery.mailbox("registration"),
                this::registrationEnded);
    }

    /** Registers, and returns when a controller has told about the cluster that this broker is in. */
    void join() throws StartFailure {
        CompletableFuture<Void> inMetadata = new CompletableFuture<>();
        metadata.listen(image -> {
            if (image.brokers().containsKey(brokerId)) {
                inMetadata.complete(null);
            }
        });
        controller.follow(store);
        RegistrationOutcome outcome = await(registration.start(), registrationWaitMs, "Registering in ZooKeeper");
        String refusal = outcome.fold(registered -> null, refused -> refused.reason());
        if (refusal != null) {
            throw new StartFailure(refusal);
        }
        await(inMetadata, METADATA_WAIT_MS, "Waiting for a controller");
    }

    long brokerEpoch() {
        return registration.brokerEpoch();
    }

    boolean isController() {
        return controller.isActive();
    }

    ControllerLink controller() {
        return controller;
    }

    /** Moves leaderships away where others can take them; gives up after a moment. */
    void leave() {
        if (metadata.current().brokers().size() < 2) {
            return;
        }
        try {
            var answer = await(
                    controller.controlledShutdown(
                            new ControlledShutdownRequest().brokerId(brokerId).brokerEpoch(brokerEpoch())),
                    LEAVE_WAIT_MS,
                    "Moving leaderships away");
            if (answer.errorCode() != ErrorCode.NONE.code()) {
                LOG.info("Leaderships are not moved before the stop: {}", ErrorCode.of(answer.errorCode()));
            }
        } catch (StartFailure late) {
            LOG.info("{}", late.getMessage());
        }
    }

    @Override
    public void close() {
        controller.close();
    }

    private void registrationEnded(StoreSession session, RegistrationOutcome outcome) {
        outcome.fold(
                registered -> {
                    controller.registered(session);
                    return null;
                },
                refused -> {
                    onRefused.accept(refused.reason());
                    return null;
                });
    }

    private static <T> T await(CompletionStage<T> stage, long waitMs, String what) throws StartFailure {
        try {
            return stage.toCompletableFuture().get(waitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new StartFailure(what + " took longer than " + waitMs + " ms");
        } catch (ExecutionException failure) {
            throw new StartFailure(what + " failed: " + failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure(what + " was interrupted");
        }
    }
}
