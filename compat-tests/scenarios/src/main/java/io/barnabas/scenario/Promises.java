package io.barnabas.scenario;

/** Keeps one promise after the other, and says so; ends the program at the first that is broken. */
final class Promises {
    interface Promise {
        void keep() throws Exception;
    }

    private Promises() {}

    static void run(String name, Promise promise) {
        try {
            promise.keep();
            System.out.println("ok " + name);
        } catch (Throwable broken) {
            System.out.println("broken " + name + ": " + broken);
            broken.printStackTrace();
            System.exit(1);
        }
    }
}
