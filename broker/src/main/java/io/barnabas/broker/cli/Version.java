package io.barnabas.broker.cli;

/** The version as the jar carries it. */
public final class Version {

    /** Of classes that are run without their jar. */
    private static final String UNKNOWN = "unpackaged";

    private Version() {}

    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }
}
