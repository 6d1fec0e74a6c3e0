package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that are there to be copied from. */
class ExamplesTest {
    private static final int EARLY = 300;
    private static final int ALL = 500;

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.in(directory).with("num.partitions", "3").start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OneByOne", "PoolPerBatch"})
    @Acceptance(165)
    void eachRecordIsWorkedOnOnceAlsoByASecondRunOfTheProgram(String example) {
        produce(example, 0, EARLY);
        assertThat(consume(example, EARLY)).containsExactlyInAnyOrderElementsOf(values(0, EARLY));
        produce(example, EARLY, ALL);
        assertThat(consume(example, ALL - EARLY)).containsExactlyInAnyOrderElementsOf(values(EARLY, ALL));
    }

    @Test
    @Acceptance(129)
    void aReactiveProgramCopiesEachRecordOnceAlsoInASecondRun() {
        produce("flow", 0, EARLY);
        assertThat(run("Reactive", "reactor-1.3.23", "flow", EARLY))
                .containsExactlyInAnyOrderElementsOf(values(0, EARLY));
        produce("flow", EARLY, ALL);
        assertThat(run("Reactive", "reactor-1.3.23", "flow", ALL - EARLY))
                .containsExactlyInAnyOrderElementsOf(values(EARLY, ALL));
        assertThat(run("OneByOne", "clients-4.4.0", "flow-copy", ALL))
                .containsExactlyInAnyOrderElementsOf(values(0, ALL).stream()
                        .map(value -> value.toUpperCase(Locale.ROOT))
                        .toList());
    }

    private static void produce(String topic, int from, int to) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new StringSerializer())) {
            values(from, to).forEach(value -> producer.send(new ProducerRecord<>(topic, value, value)));
        }
    }

    private static List<String> consume(String example, int records) {
        return run(example, "clients-4.4.0", example, records);
    }

    private static List<String> run(String example, String classPath, String topic, int records) {
        return Program.java(
                        Home.examples() + File.pathSeparator + Home.classPath(classPath),
                        "io.barnabas.examples." + example,
                        broker.address(),
                        topic,
                        "group-of-" + topic,
                        Integer.toString(records))
                .run()
                .expectSuccess()
                .out()
                .lines()
                .toList();
    }

    private static List<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "record " + i).toList();
    }
}
