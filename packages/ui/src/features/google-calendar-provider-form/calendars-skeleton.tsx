import { Skeleton } from '../../parts/skeleton/skeleton.tsx'

/** The size of the choice of calendars, while its code and then the calendars are fetched. */
export function CalendarsSkeleton() {
  return (
    <div className="tn-fields">
      <Skeleton shape="block" />
      <Skeleton shape="control" />
    </div>
  )
}
