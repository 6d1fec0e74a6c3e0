package io.barnabas.config;

import java.util.Map;
import java.util.Optional;

/** Whether a topic may be configured so. Pure. A refusal's text goes into the answer with INVALID_CONFIG. */
public final class TopicConfigRules {

    private TopicConfigRules() {}

    /** Empty when all is fine. */
    public static Optional<ConfigProblem> problemWith(Map<String, String> overrides, BrokerConfig broker) {
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            ConfigKey<?> key = TopicKeys.named(override.getKey());
            if (key == null) return Optional.of(ConfigProblem.of("Unknown topic config name: " + override.getKey()));
        }
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            ConfigProblem problem = TopicKeys.named(override.getKey()).problemWith(override.getValue());
            if (problem != null) return Optional.of(problem);
        }
        return Optional.ofNullable(conflictIn(TopicConfig.of(broker, overrides)));
    }

    private static ConfigProblem conflictIn(TopicConfig config) {
        long min = config.get(TopicKeys.MIN_COMPACTION_LAG_MS);
        long max = config.get(TopicKeys.MAX_COMPACTION_LAG_MS);
        if (min > max)
            return ConfigProblem.of("conflict topic config setting min.compaction.lag.ms (" + min
                    + ") > max.compaction.lag.ms (" + max + ")");
        if (config.get(TopicKeys.REMOTE_STORAGE_ENABLE))
            return ConfigProblem.of("Tiered Storage functionality is disabled in the broker. "
                    + "Topic cannot be configured with remote log storage.");
        return null;
    }
}
