package io.barnabas.scenario;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The producer of releases without admin client or headers (0.8.2, 0.10): sends 100 records with each codec they
 * have and each acks. Arguments: bootstrap servers, topic. Prints how many were sent.
 */
public final class OldProducerScenario {
    private static final String STRINGS = "org.apache.kafka.common.serialization.StringSerializer";

    private OldProducerScenario() {}

    public static void main(String[] arguments) throws Exception {
        int sent = 0;
        for (String codec : new String[] {"none", "gzip", "snappy", "lz4"}) {
            for (String acks : new String[] {"0", "1", "all"}) {
                sent += send(arguments[0], arguments[1], codec, acks);
            }
        }
        System.out.println("sent " + sent);
    }

    private static int send(String bootstrap, String topic, String codec, String acks) throws Exception {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("key.serializer", STRINGS);
        properties.put("value.serializer", STRINGS);
        properties.put("compression.type", codec);
        properties.put("acks", acks);
        properties.put("linger.ms", "20");
        KafkaProducer<String, String> producer = new KafkaProducer<>(properties);
        for (int i = 0; i < 99; i++) {
            producer.send(new ProducerRecord<>(topic, codec + "-" + acks, "v" + i));
        }
        producer.send(new ProducerRecord<>(topic, codec + "-" + acks, "v99")).get();
        producer.close();
        return 100;
    }
}
