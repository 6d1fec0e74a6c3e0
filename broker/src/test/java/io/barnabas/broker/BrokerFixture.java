package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.PropertiesFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of brokers that run in a test's own directory, on free ports. */
final class BrokerFixture {
    static final int BROKER_ID = 7;

    private BrokerFixture() {}

    static BrokerConfig config(Path data, Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(Map.of(
                "broker.id", Integer.toString(BROKER_ID),
                "listeners", "PLAINTEXT://127.0.0.1:0",
                "log.dirs", data.resolve("logs").toString(),
                "barnabas.zookeeper.dir", data.resolve("zookeeper").toString(),
                "barnabas.zookeeper.port", "0",
                "group.initial.rebalance.delay.ms", "0",
                "offsets.topic.num.partitions", "4"));
        values.putAll(changes);
        var check = PropertiesFile.of(values).check();
        assertThat(check.problems()).isEmpty();
        return check.config();
    }

    static BrokerServer started(Path data, Map<String, String> changes) throws StartFailure {
        BrokerServer broker = new BrokerServer(config(data, changes));
        broker.start();
        return broker;
    }

    static String address(BrokerServer broker) {
        return "127.0.0.1:" + broker.boundListeners().get(0).port();
    }
}
