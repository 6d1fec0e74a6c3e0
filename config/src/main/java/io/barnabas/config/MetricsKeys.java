package io.barnabas.config;

import java.util.List;

/** Metrics. What is measured and who is told. To be used through {@link BrokerKeys}. */
interface MetricsKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker("Metrics", "What is measured and who is told.");

    ConfigKey<List<String>> METRIC_REPORTERS = FAMILY.listKey("metric.reporters")
            .defaultsTo()
            .low()
            .clusterWide()
            .doc("Classes that are told about every metric.");

    ConfigKey<Boolean> AUTO_INCLUDE_JMX_REPORTER = FAMILY.booleanKey("auto.include.jmx.reporter")
            .defaultsTo(true)
            .low()
            .doc("Whether metrics appear in JMX even when metric.reporters does not ask for it.");

    ConfigKey<Integer> METRICS_NUM_SAMPLES = FAMILY.intKey("metrics.num.samples")
            .defaultsTo(2)
            .atLeast(1)
            .low()
            .doc("Samples of which a metric is made.");

    ConfigKey<Long> METRICS_SAMPLE_WINDOW_MS = FAMILY.longKey("metrics.sample.window.ms")
            .defaultsTo(30_000L)
            .atLeast(1L)
            .low()
            .doc("Length of one sample.");

    ConfigKey<String> METRICS_RECORDING_LEVEL = FAMILY.textKey("metrics.recording.level")
            .defaultsTo("INFO")
            .low()
            .doc("How much is recorded: INFO, DEBUG or TRACE.");

    ConfigKey<List<String>> KAFKA_METRICS_REPORTERS = FAMILY.listKey("kafka.metrics.reporters")
            .defaultsTo()
            .low()
            .doc("Classes that are told about the older kind of metrics.");

    ConfigKey<Integer> KAFKA_METRICS_POLLING_INTERVAL_SECS = FAMILY.intKey("kafka.metrics.polling.interval.secs")
            .defaultsTo(10)
            .atLeast(1)
            .low()
            .doc("How often these classes are told.");

    ConfigKey<Integer> TELEMETRY_MAX_BYTES = FAMILY.intKey("telemetry.max.bytes")
            .defaultsTo(1_048_576)
            .atLeast(1)
            .low()
            .doc("Largest report of metrics that a client may push.");
}
