package io.barnabas.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Calls of methods that releases renamed: the first of the given names that the object's class has is called. */
final class Later {
    private Later() {}

    static Object call(Object target, String[] names, Class<?>[] types, Object... arguments) throws Exception {
        for (String name : names) {
            Method method = find(target.getClass(), name, types);
            if (method != null) {
                method.setAccessible(true);
                return invoke(method, target, arguments);
            }
        }
        throw new NoSuchMethodException(target.getClass() + " has none of " + String.join(", ", names));
    }

    static boolean exists(String className) {
        try {
            Class.forName(className);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    static Method find(Class<?> type, String name, Class<?>... types) {
        try {
            return type.getMethod(name, types);
        } catch (NoSuchMethodException absent) {
            return null;
        }
    }

    private static Object invoke(Method method, Object target, Object... arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
