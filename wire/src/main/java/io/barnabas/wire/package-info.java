/**
 * Bytes and messages of the protocol. {@link io.barnabas.wire.ByteReader} and {@link io.barnabas.wire.ByteWriter} know its
 * types; the messages in {@code io.barnabas.wire.message} and {@link io.barnabas.wire.ApiKey} are generated from the
 * schemas that Kafka publishes (see the module wire-generator for how two releases become one).
 */
package io.barnabas.wire;
