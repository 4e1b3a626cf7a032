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

/** Runs the class alone on {@link DoubledSuite}. For scenarios that kill, stop or restart. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(DoubledSuite.class)
@ResourceLock(value = "doubled suite", mode = ResourceAccessMode.READ_WRITE)
@Order(1)
public @interface OnDoubledSuite {}
