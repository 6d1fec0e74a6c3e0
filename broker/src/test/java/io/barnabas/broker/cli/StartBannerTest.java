package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.config.Endpoint;
import io.barnabas.config.SecurityProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartBannerTest {

    @Test
    void saysWhereThingsAreAndWhatToTry() {
        Endpoint plain = new Endpoint("PLAINTEXT", SecurityProtocol.PLAINTEXT, "", 9092);
        Endpoint outside = new Endpoint("OUTSIDE", SecurityProtocol.SSL, "::1", 9093);
        StartBanner banner = new StartBanner(
                "1.0", 640, List.of(plain, outside), "127.0.0.1:2181", true, List.of("/data/kafka-logs"));
        assertThat(banner.text()).isEqualToNormalizingNewlines("""
                        Barnabas 1.0  ready in 0.6 s
                          kafka      localhost:9092
                          kafka      [::1]:9093  (OUTSIDE, SSL)
                          zookeeper  127.0.0.1:2181  (inside this process)
                          data       /data/kafka-logs
                        try:  kafka-console-producer.sh --bootstrap-server localhost:9092 --topic greetings
                              kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic greetings --from-beginning
                        """);
    }
}
