export { default } from '@/ui/RichText'
