package io.barnabas.cluster.store;

/**
 * The parts of {@code zookeeper.connect}.
 *
 * @param hosts hosts with ports, separated by commas
 * @param chroot absolute path without a slash at its end; empty for none
 */
public record ConnectString(String hosts, String chroot) {

    public static ConnectString parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new ConnectString(text, "");
        }
        String chroot = text.substring(slash);
        while (chroot.endsWith("/")) {
            chroot = chroot.substring(0, chroot.length() - 1);
        }
        return new ConnectString(text.substring(0, slash), chroot);
    }

    @Override
    public String toString() {
        return hosts + chroot;
    }
}
