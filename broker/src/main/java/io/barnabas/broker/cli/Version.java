package io.barnabas.broker.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar carries it. */
public final class Version implements IVersionProvider {

    /** Of classes that are run without their jar. */
    private static final String UNKNOWN = "unpackaged";

    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {current()};
    }
}
