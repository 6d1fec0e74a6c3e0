package io.barnabas.cluster.controller;

import io.barnabas.wire.TopicPartition;

/** A partition on a broker. */
record Replica(TopicPartition partition, int brokerId) {}
