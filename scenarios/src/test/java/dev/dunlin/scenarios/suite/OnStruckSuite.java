package dev.dunlin.scenarios.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Runs the class alone on {@link StruckSuite}. For scenarios that kill or restart a node. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(StruckSuite.class)
@ResourceLock(value = "struck suite", mode = ResourceAccessMode.READ_WRITE)
@Order(3)
public @interface OnStruckSuite {}
