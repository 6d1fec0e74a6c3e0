package io.barnabas.scenario;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/**
 * Runs one scenario with one release after the other, all in this process. Arguments: the scenario's class, its own
 * arguments, {@code --}, then releases, each with an equals sign and the folder of its jars. The scenario is told its release
 * first of all. Prints {@code ok <release>} after each; the first that fails ends it with status 1.
 */
public final class EachRelease {
    private EachRelease() {}

    public static void main(String[] arguments) throws Exception {
        List<String> all = Arrays.asList(arguments);
        int parting = all.indexOf("--");
        for (String described : all.subList(parting + 1, all.size())) {
            ReleaseLoader release = new ReleaseLoader(described);
            // In place of the class's name stands the release.
            String[] own = all.subList(0, parting).toArray(new String[0]);
            own[0] = release.release();
            try {
                release.call(arguments[0], "main", new Class<?>[] {String[].class}, (Object) own);
                System.out.println("ok " + release.release());
            } catch (InvocationTargetException failed) {
                failed.getCause().printStackTrace();
                System.out.println("failed " + release.release() + ": " + failed.getCause());
                System.exit(1);
            }
        }
        System.exit(0);
    }
}
