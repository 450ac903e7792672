/** Line icons on a 16-unit grid, drawn in the colour of their button. */
import type { ReactNode } from 'react'

function icon(children: ReactNode, filled = false) {
  return function Icon() {
    return (
      <svg
        viewBox="0 0 16 16"
        width="1.15em"
        height="1.15em"
        fill={filled ? 'currentColor' : 'none'}
        stroke={filled ? 'none' : 'currentColor'}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    )
  }
}

export const PlayIcon = icon(
  <path d="M4 2.6v10.8a.6.6 0 0 0 .9.5l9-5.4a.6.6 0 0 0 0-1l-9-5.4a.6.6 0 0 0-.9.5Z" />,
  true,
)
export const PauseIcon = icon(<path d="M3.6 2.5h3v11h-3zM9.4 2.5h3v11h-3z" />, true)
export const StepIcon = icon(<path d="M3 3v10l6.5-5zM12 3v10" />)
export const ResetIcon = icon(<path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3" />)
export const UndoIcon = icon(<path d="M6 3 3 6l3 3M3.2 6H9a4 4 0 0 1 0 8H6" />)
export const RedoIcon = icon(<path d="m10 3 3 3-3 3M12.8 6H7a4 4 0 0 0 0 8h3" />)
export const LinkIcon = icon(
  <path d="M6.5 9.5 9.5 6.5M7 4.5l1-1a3 3 0 0 1 4.5 4.5l-1 1M9 11.5l-1 1A3 3 0 0 1 3.5 8l1-1" />,
)
export const FileIcon = icon(<path d="M4 1.8h5l3 3v9.400H4zM9 1.800v3h3" />)
export const SlidersIcon = icon(<path d="M2 4.500h7M12 4.500h2M2 11.500h2M7 11.500h7M10.5 2.800v3.400M5.5 9.800v3.4" />)
export const HelpIcon = icon(
  <path d="M6 6a2 2 0 1 1 2.8 1.900c-.6.3-.8.7-.8 1.400M8 12v.1M8 14.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z" />,
)
export const SunIcon = icon(
  <path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.500M8 13.500V15M1 8h1.500M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1" />,
)
export const MoonIcon = icon(<path d="M13.5 9.500A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7Z" />)
export const TypeIcon = icon(<path d="M1.5 13 5.5 3l4 10M3 9.500h5M10 13l2.5-6.500L15 13M10.9 10.800h3.2" />)
export const LanguageIcon = icon(
  <path d="M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM1.5 8h13M8 1.500c2 1.800 2.800 4 2.800 6.500S10 12.700 8 14.500C6 12.700 5.200 10.500 5.200 8S6 3.300 8 1.500Z" />,
)
export const ScreenIcon = icon(<path d="M2 3h12v7.5H2zM8 10.5V13M5.5 14.500 8 13l2.5 1.500M1 3h14" />)
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />)
export const ChevronIcon = icon(<path d="m4.5 6.5 3.5 3.5 3.5-3.5" />)
export const BrushIcon = icon(
  <path d="M13.5 2.5 7 9M7 9c-1.5-.500-3 .300-3.3 1.8-.200 1-.7 1.7-1.7 2.2 2 .8 5 .5 5.8-1.5.3-.8-.1-2-.8-2.500Z" />,
)
export const DownloadIcon = icon(<path d="M8 2v8M5 7.5 8 10.500l3-3M2.5 13.500h11" />)
export const TrashIcon = icon(<path d="M3 4.500h10M6 4.500V3h4v1.500M4.5 4.500l.5 9h6l.5-9" />)
export const InfoIcon = icon(<path d="M8 7v4.500M8 4.500v.1M8 14.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z" />)
export const ForkIcon = icon(<path d="M2 8h4.500c2.500 0 3-4.500 5.5-4.500h2M6.500 8c2.500 0 3 4.500 5.500 4.500h2" />)
