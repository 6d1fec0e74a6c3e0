package io.barnabas.cluster.controller;

import io.barnabas.wire.Uuid;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What a controller must be told.
 *
 * @param interBrokerListener by whose endpoint brokers reach each other
 * @param deletesTopics whether topics may be deleted
 * @param balancesLeaders whether leadership goes back to preferred replicas by itself
 * @param balanceIntervalMs how often that is looked at
 * @param tolerated share of a broker's preferred partitions, in percent, that others may lead
 * @param allowsUncleanElection by topic: whether a replica that is not in sync may become the leader
 * @param recalledTopicId by topic: the id that this broker's own files name, {@link Uuid#ZERO} when they name none
 */
public record ControllerSettings(
        int brokerId,
        String interBrokerListener,
        boolean deletesTopics,
        boolean balancesLeaders,
        long balanceIntervalMs,
        int tolerated,
        Predicate<String> allowsUncleanElection,
        Function<String, Uuid> recalledTopicId,
        RandomGenerator random) {}
