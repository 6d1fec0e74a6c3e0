package io.barnabas.config;

import java.util.Locale;

/** Names of the form {@code listener.name.<listener>.[<mechanism>.]<key>}, which set a key for one listener alone. */
final class ListenerPrefix {

    private static final String START = "listener.name.";

    private ListenerPrefix() {}

    static String of(String listenerName) {
        return START + listenerName.toLowerCase(Locale.ROOT) + ".";
    }

    static boolean isOn(String name) {
        return name.startsWith(START);
    }

    /** The key that such a name, or a plain one, sets; null when it is none. */
    static ConfigKey<?> keyOf(String name) {
        if (!isOn(name)) return BrokerKeys.named(name);
        int afterListener = name.indexOf('.', START.length());
        if (afterListener < 0) return null;
        ConfigKey<?> key = BrokerKeys.named(name.substring(afterListener + 1));
        if (key != null) return key;
        int afterMechanism = name.indexOf('.', afterListener + 1);
        return afterMechanism < 0 ? null : BrokerKeys.named(name.substring(afterMechanism + 1));
    }
}
