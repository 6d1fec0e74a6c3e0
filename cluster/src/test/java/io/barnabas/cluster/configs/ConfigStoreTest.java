package io.barnabas.cluster.configs;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.registration.ClusterBase;
import io.barnabas.cluster.store.SimulatedClusterStore;
import io.barnabas.cluster.store.SimulatedZooKeeper;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.TopicConfig;
import io.barnabas.config.TopicKeys;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigStoreTest {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedZooKeeper server = new SimulatedZooKeeper();
    private final RecordedFaults faults = new RecordedFaults();
    private final SimulatedClusterStore store = new SimulatedClusterStore(server, time);
    private final List<String> told = new ArrayList<>();
    private ConfigStore configs;

    @BeforeEach
    void startStore() {
        server.setTimeMs(time.nowMs());
        await(store.start().thenCompose(session -> ClusterBase.prepare(session, Seeds.random(1))));
        write("topics/old", "{\"version\":1,\"config\":{\"retention.ms\":\"5\"}}");
        configs = new ConfigStore(
                1,
                BrokerConfig.of(Map.of("message.max.bytes", "1000")),
                store,
                time,
                task -> time.schedule(0, task),
                faults);
        configs.listen(new ConfigListener() {
            @Override
            public void brokerChanged(BrokerConfig before, BrokerConfig now) {
                told.add("broker " + now.get(BrokerKeys.MESSAGE_MAX_BYTES));
            }

            @Override
            public void topicChanged(String topic, TopicConfig now) {
                told.add(topic + " " + now.get(TopicKeys.RETENTION_MS) + " " + now.get(TopicKeys.MAX_MESSAGE_BYTES));
            }
        });
        await(configs.start());
        told.clear();
    }

    @AfterEach
    void expectNoFaults() {
        assertThat(faults.faults()).isEmpty();
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone() && time.advanceToNextTask()) {
            // Each turn runs what comes next.
        }
        assertThat(future).isDone();
        return future.join();
    }

    private void write(String entity, String json) {
        server.write("/config/" + entity, json);
    }

    @Test
    void knowsAtTheStartWhatIsSet() {
        assertThat(configs.topic("old").get(TopicKeys.RETENTION_MS)).isEqualTo(5L);
        assertThat(configs.topic("old").get(TopicKeys.MAX_MESSAGE_BYTES)).isEqualTo(1000);
        assertThat(configs.topic("other").overrides()).isEmpty();
    }

    @Test
    void actsOnChangesOfItsOwn() {
        await(configs.change("topics/old", Map.of("retention.ms", "7")));
        time.advanceMs(100);
        assertThat(configs.topic("old").get(TopicKeys.RETENTION_MS)).isEqualTo(7L);
        assertThat(told).containsExactly("old 7 1000");
        assertThat(server.textOf("/config/changes/config_change_0000000000"))
                .isEqualTo("{\"version\":2,\"entity_path\":\"topics/old\"}");
        assertThat(await(configs.read("topics/old"))).isEqualTo(Map.of("retention.ms", "7"));
    }

    @Test
    void actsOnChangesOfOldTools() {
        write("topics/old", "{\"version\":1,\"config\":{}}");
        server.write(
                "/config/changes/config_change_0000000000",
                "{\"version\":1,\"entity_type\":\"topics\",\"entity_name\":\"old\"}");
        time.advanceMs(100);
        assertThat(configs.topic("old").overrides()).isEmpty();
        assertThat(told).containsExactly("old 604800000 1000");
    }

    @Test
    void bringsBrokerSettingsToAllTopics() {
        await(configs.change(ConfigEntities.DEFAULT_BROKER, Map.of("message.max.bytes", "2000")));
        time.advanceMs(100);
        assertThat(told).containsExactly("broker 2000", "old 5 2000");
        await(configs.change(ConfigEntities.broker(1), Map.of("message.max.bytes", "3000")));
        time.advanceMs(100);
        assertThat(configs.broker().get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(3000);
        await(configs.change(ConfigEntities.broker(2), Map.of("message.max.bytes", "4000")));
        time.advanceMs(100);
        assertThat(configs.broker().get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(3000);
    }

    @Test
    void readsTheSettingsOfANewTopicBeforeItsRolesAreTaken() {
        write("topics/new", "{\"version\":1,\"config\":{\"retention.ms\":\"9\"}}");
        assertThat(configs.topic("new").get(TopicKeys.RETENTION_MS)).isEqualTo(604_800_000L);
        await(configs.prepareFor(roles("new", false)));
        assertThat(configs.topic("new").get(TopicKeys.RETENTION_MS)).isEqualTo(9L);
        // The topic was deleted and made anew.
        write("topics/new", "{\"version\":1,\"config\":{}}");
        await(configs.prepareFor(roles("new", true)));
        assertThat(configs.topic("new").overrides()).isEmpty();
    }

    private static LeaderAndIsrRequest roles(String topic, boolean isNew) {
        return new LeaderAndIsrRequest()
                .topicStates(List.of(new LeaderAndIsrTopicState()
                        .topicName(topic)
                        .partitionStates(List.of(new LeaderAndIsrPartitionState().isNew(isNew)))));
    }

    @Test
    void readsAgainWhatChangedWhileItHadNoSession() {
        store.expireSession();
        write("topics/old", "{\"version\":1,\"config\":{\"retention.ms\":\"8\"}}");
        time.advanceMs(100);
        assertThat(configs.topic("old").get(TopicKeys.RETENTION_MS)).isEqualTo(8L);
        await(configs.change("topics/old", Map.of()));
        time.advanceMs(100);
        assertThat(configs.topic("old").overrides()).isEmpty();
    }

    @Test
    void clearsAwayNotesThatEverybodyHasRead() {
        await(configs.change("topics/old", Map.of("retention.ms", "7")));
        time.advanceMs(16 * 60 * 1000);
        server.setTimeMs(time.nowMs());
        await(configs.change("topics/old", Map.of("retention.ms", "8")));
        time.advanceMs(100);
        assertThat(server.contains("/config/changes/config_change_0000000000")).isFalse();
        assertThat(server.contains("/config/changes/config_change_0000000001")).isTrue();
    }

    @Test
    void writesOnceThoughTheAnswerGotLost() {
        CompletionStage<Void> change = configs.change("topics/fresh", Map.of("retention.ms", "7"));
        store.disconnect(true);
        store.reconnect();
        await(change);
        assertThat(server.textOf("/config/topics/fresh"))
                .isEqualTo("{\"version\":1,\"config\":{\"retention.ms\":\"7\"}}");
    }
}
