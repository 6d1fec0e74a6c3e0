package io.barnabas.config;

/** How likely it is that somebody has to care about a key. */
public enum Importance {
    HIGH,
    MEDIUM,
    LOW
}
