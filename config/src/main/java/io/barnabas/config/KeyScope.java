package io.barnabas.config;

/** What a key configures; a snapshot takes keys of its own scope only. */
public enum KeyScope {
    BROKER,
    TOPIC
}
