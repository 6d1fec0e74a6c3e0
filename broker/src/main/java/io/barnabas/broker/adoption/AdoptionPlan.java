package io.barnabas.broker.adoption;

import io.barnabas.cluster.adoption.AdoptedTopic;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What ZooKeeper is to be told about data that came without it. Immutable.
 *
 * @param brokerConfigs by broker id; under the empty name what holds for all
 * @param firstFreeProducerId 0 when none is known to be taken
 * @param notes what the user should know, a line each
 * @param problems what stands in the way, a line each; then nothing is to be written
 */
record AdoptionPlan(
        List<AdoptedTopic> topics,
        SortedMap<String, Map<String, String>> brokerConfigs,
        long firstFreeProducerId,
        List<String> notes,
        List<String> problems) {}
