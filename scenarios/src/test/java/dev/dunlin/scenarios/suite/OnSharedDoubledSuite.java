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

/**
 * Runs the class on {@link DoubledSuite}, beside other classes with this annotation. For scenarios
 * that cut only links of their own, and leave every process running.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(DoubledSuite.class)
@ResourceLock(value = "doubled suite", mode = ResourceAccessMode.READ)
@Order(4)
public @interface OnSharedDoubledSuite {}
