// What the package `leifeng` exports to the CDK apps of others: docs/library.md. Nothing else of it is public.
export { DistrictStage, type DistrictStageProps } from './district-stage.ts';
export { type District, type DistrictSettings, parseSettings } from './settings.ts';
