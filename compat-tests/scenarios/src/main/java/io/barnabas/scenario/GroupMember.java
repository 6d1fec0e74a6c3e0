package io.barnabas.scenario;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** A consumer that polls and commits on a thread of its own, as old clients need: they wait for a rebalance inside poll. */
final class GroupMember implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    private final Set<String> values;
    private final Thread thread = new Thread(this::run);
    private volatile Set<TopicPartition> assignment = Collections.emptySet();
    private volatile boolean leaving;
    private volatile Throwable failure;

    /** @param values takes what is read; safe for several threads */
    GroupMember(KafkaConsumer<String, String> consumer, String topic, Set<String> values) {
        this.consumer = consumer;
        this.values = values;
        consumer.subscribe(Collections.singletonList(topic));
        thread.start();
    }

    Set<TopicPartition> assignment() {
        if (failure != null) {
            throw new AssertionError(failure);
        }
        return assignment;
    }

    @Override
    public void close() throws Exception {
        leaving = true;
        consumer.wakeup();
        thread.join();
    }

    private void run() {
        try {
            while (!leaving) {
                Clients.poll(consumer, 100).forEach(record -> values.add(record.value()));
                assignment = new HashSet<>(consumer.assignment());
            }
        } catch (WakeupException left) {
            // close() asked for it.
        } catch (Throwable broken) {
            failure = broken;
        } finally {
            consumer.close();
        }
    }
}
