/** Whether somebody is notified: pure functions of facts. */
@NullMarked
package dev.dunlin.push.decision;

import org.jspecify.annotations.NullMarked;
