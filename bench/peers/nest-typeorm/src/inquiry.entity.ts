import {Column, Entity, PrimaryColumn} from 'typeorm';

@Entity('inquiry')
export class Inquiry {
  @PrimaryColumn('uuid') id: string;
  @Column('text') topic: string;
  @Column('text') name: string;
  @Column('text') email: string;
  @Column('text', {nullable: true}) phone?: string;
  @Column('text', {nullable: true}) company?: string;
  @Column('text', {nullable: true}) subject?: string;
  @Column('text') message: string;
  @Column('text', {nullable: true}) locale?: string;
  @Column('text', {name: 'source_url', nullable: true}) sourceUrl?: string;
  @Column('jsonb', {nullable: true}) metadata?: Record<string, string>;
  @Column('text', {name: 'privacy_notice_version', nullable: true}) privacyNoticeVersion?: string;
  @Column('timestamptz', {name: 'created_at'}) createdAt: Date;
  @Column('timestamptz', {name: 'updated_at'}) updatedAt: Date;
  @Column('tsvector', {name: 'search_words', select: false}) searchWords: string;
  @Column('text', {name: 'search_text', select: false}) searchText: string;
}
