import type { WatchedHealth } from './use-health.ts'
import { HealthCard } from './health-card.tsx'
import { useHealthWords } from './health-words.ts'
import { plotCourse } from './plot-course.ts'
import type { Plot } from './plot-course.ts'
import { useTimeWords } from './use-time-words.ts'

/** How late upkeep is, and was while the page looked. */
export function LatenessCard({ report: { due, oldestLatenessMs }, course }: WatchedHealth) {
  const t = useHealthWords()
  const { sayDuration } = useTimeWords()
  const plot = plotCourse(course)
  return (
    <HealthCard title={t.lateness} help={t.latenessHelp} className="lateness">
      <p className="health-figure">{due === 0 ? t.onTime : sayDuration(oldestLatenessMs)}</p>
      {plot && <CourseChart plot={plot} />}
      {course.length < 2 && <p className="meta">{t.courseBegins}</p>}
    </HealthCard>
  )
}

function CourseChart({ plot: { lines, topMs, spanMs, mostMs, lastMs } }: { plot: Plot }) {
  const t = useHealthWords()
  const { sayDuration } = useTimeWords()
  return (
    <figure className="course">
      <span className="course-top">{sayDuration(topMs)}</span>
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={t.courseOf(sayDuration(spanMs), sayDuration(mostMs), sayDuration(lastMs))}
      >
        <path className="course-grid" d="M0 0H100M0 50H100M0 100H100" />
        {lines.map((points) => (
          <polyline key={points} points={points} />
        ))}
      </svg>
      <figcaption>
        <span>{t.ago(sayDuration(spanMs))}</span>
        <span>{t.lastLook}</span>
      </figcaption>
    </figure>
  )
}
