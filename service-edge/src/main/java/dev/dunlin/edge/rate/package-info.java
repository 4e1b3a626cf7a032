/** Request rates of users and addresses. */
@NullMarked
package dev.dunlin.edge.rate;

import org.jspecify.annotations.NullMarked;
