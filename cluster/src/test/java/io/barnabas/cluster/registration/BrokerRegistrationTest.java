package io.barnabas.cluster.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.registration.RegistrationOutcome.Refused;
import io.barnabas.cluster.registration.RegistrationOutcome.Registered;
import io.barnabas.cluster.store.SimulatedClusterStore;
import io.barnabas.cluster.store.SimulatedZooKeeper;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.cluster.znodes.BrokerZnode;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BrokerRegistrationTest {
    private static final long SESSION_TIMEOUT_MS = 18_000;
    private static final BrokerEndpoint HERE = new BrokerEndpoint("PLAINTEXT", "localhost", 9092, "PLAINTEXT");

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedZooKeeper server = new SimulatedZooKeeper();
    private final List<RegistrationOutcome> outcomes = new ArrayList<>();
    private boolean holderAnswers;

    private SimulatedClusterStore startedStore() {
        SimulatedClusterStore store = new SimulatedClusterStore(server, time);
        await(store.start().thenCompose(session -> ClusterBase.prepare(session, Seeds.random(1))));
        return store;
    }

    private BrokerRegistration registrationOf(SimulatedClusterStore store) {
        HolderProbe probe = endpoints -> CompletableFuture.completedFuture(
                holderAnswers ? endpoints.stream().findFirst() : Optional.empty());
        BrokerRegistration.Identity identity = new BrokerRegistration.Identity(
                1, () -> new BrokerZnode(List.of(HERE), null, -1, time.nowMs()), SESSION_TIMEOUT_MS);
        return new BrokerRegistration(
                identity,
                store,
                probe,
                time,
                task -> time.schedule(0, task),
                (session, outcome) -> outcomes.add(outcome));
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone() && time.advanceToNextTask()) {
            // Each turn runs what comes next.
        }
        assertThat(future).isDone();
        return future.join();
    }

    @Test
    void registersWithVersionOneAndTheCreationAsEpoch() {
        BrokerRegistration registration = registrationOf(startedStore());
        RegistrationOutcome outcome = await(registration.start());
        assertThat(outcome)
                .isEqualTo(new Registered(server.statOf("/brokers/ids/1").czxid()));
        assertThat(registration.brokerEpoch())
                .isEqualTo(server.statOf("/brokers/ids/1").czxid());
        assertThat(server.statOf("/brokers/ids/1").version()).isEqualTo(1);
        assertThat(server.textOf("/brokers/ids/1")).contains("PLAINTEXT://localhost:9092");
    }

    @Test
    void registersAgainUnderAHigherEpochWhenTheSessionWasLost() {
        SimulatedClusterStore store = startedStore();
        BrokerRegistration registration = registrationOf(store);
        await(registration.start());
        long before = registration.brokerEpoch();
        store.expireSession();
        time.advanceMs(100);
        assertThat(registration.brokerEpoch()).isGreaterThan(before);
        assertThat(outcomes).hasSize(2);
        assertThat(server.statOf("/brokers/ids/1").ephemeralOwner())
                .isEqualTo(store.session().id());
    }

    @Test
    @Acceptance(2)
    void isRefusedAtOnceByAHolderThatAnswersAndNamesIt() {
        await(registrationOf(startedStore()).start());
        holderAnswers = true;
        long begun = time.nowMs();
        RegistrationOutcome second = await(registrationOf(startedStore()).start());
        assertThat(second).isInstanceOf(Refused.class);
        assertThat(((Refused) second).reason()).contains("Broker id 1").contains("PLAINTEXT://localhost:9092");
        assertThat(time.nowMs() - begun).isLessThan(1_000);
    }

    @Test
    @Acceptance(10)
    void waitsForTheSessionOfASilentHolderToExpire() {
        SimulatedClusterStore dead = startedStore();
        await(registrationOf(dead).start());
        dead.crash();
        CompletionStage<RegistrationOutcome> second =
                registrationOf(startedStore()).start();
        time.advanceMs(SESSION_TIMEOUT_MS - 1_000);
        assertThat(second.toCompletableFuture()).isNotDone();
        server.expire(dead);
        assertThat(await(second)).isInstanceOf(Registered.class);
    }

    @Test
    void givesUpOnASilentHolderWhoseSessionLives() {
        await(registrationOf(startedStore()).start());
        RegistrationOutcome second = await(registrationOf(startedStore()).start());
        assertThat(((Refused) second).reason()).contains("did not expire within 23000 ms");
    }

    @Test
    void recognisesItsOwnRegistrationAfterALostReply() {
        SimulatedClusterStore store = startedStore();
        BrokerRegistration registration = registrationOf(store);
        CompletionStage<RegistrationOutcome> outcome = registration.start();
        while (!server.contains("/brokers/ids/1")) {
            time.advanceToNextTask();
        }
        store.disconnect(true);
        store.reconnect();
        assertThat(await(outcome))
                .isEqualTo(new Registered(server.statOf("/brokers/ids/1").czxid()));
    }

    @Test
    void makesTheBaseNodesAndOneClusterId() {
        SimulatedClusterStore one = startedStore();
        SimulatedClusterStore two = startedStore();
        String first = await(ClusterBase.prepare(one.session(), Seeds.random(5)));
        assertThat(await(ClusterBase.prepare(two.session(), Seeds.random(6))))
                .isEqualTo(first)
                .hasSize(22);
        assertThat(server.contains("/config/changes")).isTrue();
        assertThat(server.contains("/log_dir_event_notification")).isTrue();
    }

    @Test
    void generatesBrokerIdsAboveTheReservedOnes() {
        SimulatedClusterStore store = startedStore();
        assertThat(await(ClusterBase.generateBrokerId(store.session(), 1000))).isEqualTo(1001);
        assertThat(await(ClusterBase.generateBrokerId(store.session(), 1000))).isEqualTo(1002);
    }
}
