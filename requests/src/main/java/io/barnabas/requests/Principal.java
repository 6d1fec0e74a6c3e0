package io.barnabas.requests;

/**
 * Who sent a request, as access rules name it: {@code User:alice}.
 *
 * @param type "User" unless a plug-in says otherwise
 */
public record Principal(String type, String name) {
    /** Somebody who did not have to say who they are. */
    public static final Principal ANONYMOUS = new Principal("User", "ANONYMOUS");

    @Override
    public String toString() {
        return type + ":" + name;
    }
}
