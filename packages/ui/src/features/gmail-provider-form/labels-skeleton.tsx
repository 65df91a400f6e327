import { Skeleton } from '../../parts/skeleton/skeleton.tsx'

/** The size of the label choice, while its code and then its labels are fetched. */
export function LabelsSkeleton() {
  return (
    <div className="tn-fields">
      <Skeleton shape="control" />
      <Skeleton shape="block" />
    </div>
  )
}
