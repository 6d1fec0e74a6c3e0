package io.barnabas.broker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.LogConfig;
import io.barnabas.log.TimestampedOffset;
import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.log.producer.Verification;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The borders between the rooms of this house (ARCHITECTURE.md draws them). */
class HouseTest {
    private static final String[] ROOMS = {
        "runtime",
        "config",
        "wire",
        "log",
        "replication",
        "coordinator",
        "group",
        "txn",
        "cluster",
        "requests",
        "broker"
    };
    private static final Class<?>[] PARTS_OF_THE_LOG_SEEN_BY_ALL = {
        ProducerState.class, Verification.class, CleanerSettings.class
    };
    private static final Class<?>[] VALUES_OF_THE_LOG = {
        LogConfig.class, AppendOrigin.class, AppendOutcome.class, AbortedTransaction.class, TimestampedOffset.class
    };
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/testkit/"))
            .importPackages("io.barnabas");

    @Test
    void everyRoomIsThere() {
        for (String room : ROOMS) {
            assertThat(CLASSES.containPackage("io.barnabas." + room)).as(room).isTrue();
        }
    }

    @Test
    void roomsSeeOnlyTheRoomsBelowThem() {
        LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String room : ROOMS) {
            house = house.optionalLayer(room).definedBy("io.barnabas." + room + "..");
        }
        house.whereLayer("runtime")
                .mayNotAccessAnyLayer()
                .whereLayer("config")
                .mayOnlyAccessLayers("runtime")
                .whereLayer("wire")
                .mayOnlyAccessLayers("runtime")
                .whereLayer("log")
                .mayOnlyAccessLayers("wire", "config", "runtime")
                .whereLayer("replication")
                .mayOnlyAccessLayers("log", "wire", "config", "runtime")
                .whereLayer("coordinator")
                .mayOnlyAccessLayers("wire", "config", "runtime")
                .whereLayer("group")
                .mayOnlyAccessLayers("coordinator", "wire", "config", "runtime")
                .whereLayer("txn")
                .mayOnlyAccessLayers("coordinator", "wire", "config", "runtime")
                .whereLayer("cluster")
                .mayOnlyAccessLayers("wire", "config", "runtime")
                .whereLayer("broker")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theLogsSegmentsAndFilesAreItsOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.barnabas.log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.barnabas.log.segment..", "io.barnabas.log.file..")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("io.barnabas.log.producer..", "io.barnabas.log.cleaner..")
                        .and(not(belongToAnyOf(PARTS_OF_THE_LOG_SEEN_BY_ALL))))
                .check(CLASSES);
    }

    @Test
    void whatALogIsMadeOfKnowsOfTheLogNothingButValues() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.barnabas.log.file..",
                        "io.barnabas.log.directory..",
                        "io.barnabas.log.segment..",
                        "io.barnabas.log.producer..",
                        "io.barnabas.log.cleaner..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.barnabas.log").and(not(belongToAnyOf(VALUES_OF_THE_LOG))))
                .check(CLASSES);
        slices().matching("io.barnabas.log.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nettysChannelsStayInTheNetworkRoom() {
        outside("..broker.net..", "io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler..")
                .check(CLASSES);
    }

    @Test
    void zooKeeperStaysInTheClusterRoom() {
        outside("..cluster..", "org.apache.curator..", "org.apache.zookeeper..").check(CLASSES);
    }

    @Test
    void kafkasOwnClassesAreNotUsed() {
        outside("nowhere", "org.apache.kafka..").check(CLASSES);
        assertThatThrownBy(() -> outside("nowhere", "io.netty..").check(CLASSES))
                .as("the rule can fail")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void onlyTheRuntimeAsksForTheTime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..runtime..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(LockSupport.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheRuntimeMakesThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..runtime..")
                .should()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callConstructor(Thread.class, String.class)
                .orShould()
                .callConstructor(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Executors.class,
                        ForkJoinPool.class,
                        ThreadPoolExecutor.class,
                        ScheduledThreadPoolExecutor.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheRuntimeDrawsRandomNumbers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..runtime..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class, SecureRandom.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    private static ArchRule outside(String home, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
