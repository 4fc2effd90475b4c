/** Above the largest two-sided 95 % quantile, that of one degree of freedom. */
const LARGEST = 13;
/** Beyond these the quantile differs from its limit by less than a ten-thousandth. */
const MANY = 10_000;

/** The t for which a Student variable with so many degrees of freedom lies within ± t with 95 % probability. */
export function studentT95(degreesOfFreedom: number): number {
  const freedom = Math.min(Math.floor(degreesOfFreedom), MANY);
  if (!(freedom >= 1)) throw new RangeError(`expected at least 1 degree of freedom, found ${degreesOfFreedom}`);
  let low = 0;
  let high = LARGEST;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability of ± t: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even). */
function centralProbability(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  const product = Math.sin(angle) * sum;
  return isOdd ? (2 / Math.PI) * (angle + product) : product;
}
