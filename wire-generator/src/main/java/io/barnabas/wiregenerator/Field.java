package io.barnabas.wiregenerator;

/**
 * One field of a message or of a struct in it.
 *
 * @param versions where it exists
 * @param nullable where null is a value
 * @param tagged where it travels in the tagged section
 * @param tag its number there, or -1
 * @param flexible where lengths are compact; the message's, except that the client id of a request header never is
 * @param defaultText as the schema says it, or null
 */
record Field(
        String name,
        FieldType type,
        Versions versions,
        Versions nullable,
        Versions tagged,
        int tag,
        Versions flexible,
        String defaultText,
        String about) {

    /** {@code GroupId} becomes {@code groupId}. */
    String javaName() {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    boolean defaultsToNull() {
        return "null".equals(defaultText);
    }
}
